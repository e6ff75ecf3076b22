import yaml,sys,re,hashlib
src=open(sys.argv[1]).read(); out=sys.argv[2]
D=yaml.load(src,Loader=yaml.BaseLoader)
KW={'for','if','while','int','do','case','return'}
def c(n):
    n=n.replace('-','_'); return n+'_' if n in KW else n
U=lambda p:c(p).upper().replace('.','_').replace('__','_')
ST=lambda p:'ST_'+p.replace('-','_').replace('.','_').upper()
types=D.get('types',{}); enums={k:v for k,v in types.items() if isinstance(v,list)}
states=[];S={}
def walk(name,node,parent,region,path):
    p=(path+'.'+name) if path else name
    st=dict(path=p,name=name,node=node,parent=parent,region=region,kids=[])
    states.append(st);S[p]=st
    if parent: parent['kids'].append(st)
    for k,v in (node.get('states') or {}).items(): walk(k,v,st,region,p)
    return st
roots={}
for r,rn in D['regions'].items():
    root=dict(path='',name=r,node=rn,parent=None,region=r,kids=[]);roots[r]=root
    for k,v in rn['states'].items():
        st=walk(k,v,None,r,'');st['parent']=root;root['kids'].append(st)
def find(n):
    if n in S: return S[n]
    m=[s for s in states if s['name']==n]; assert len(m)==1,(n,[x['path'] for x in m]); return m[0]
def leaf(s): return not s['kids']
def choice(s): return 'choose' in s['node']
def dur(t):
    m=re.fullmatch(r'(\d+)(s|m|h|d|w)',t)
    return 'INT64_C(%d)'%(int(m[1])*{'s':1000,'m':60000,'h':3600000,'d':86400000,'w':604800000}[m[2]]) if m else t
events=D['events'];effects=D['effects'];timers=D['timers'];guards=D['guards'];actions=D['actions']
evp={k:{a:t for a,t in v.items() if a not in('boots','sets_clock')} for k,v in events.items()}
fxp={k:{a:t for a,t in v.items() if a!='once'} for k,v in effects.items()}
h=open('gen/interim.h').read()
# slots: simple: one per timer conflict colouring
TN=list(timers)
armed={t:[s for s in states if t in s['node'].get('arm',[])] for t in TN}
def anc(s):
    r=[]
    while s: r.append(id(s)); s=s['parent']
    return r
def conflict(a,b):
    return a!=b and any(x['region']!=y['region'] or id(x) in anc(y) or id(y) in anc(x) for x in armed[a] for y in armed[b])
slot={}
for t in TN:
    k=0
    while any(slot[u]==k and conflict(t,u) for u in slot): k+=1
    slot[t]=k
h=re.sub(r'#define MACHINE_SLOTS \d+','#define MACHINE_SLOTS %d'%(max(slot.values())+1),h)
h=re.sub(r'#define MACHINE_EFFECTS \d+','#define MACHINE_EFFECTS 32',h)
# regenerate enums
def en(name,pre,items,last): return 'enum %s { %s, %s };'%(name,', '.join(pre+i for i in items),last)
h=re.sub(r'enum state \{.*?\};',en('state','',[ST(s['path']) for s in states],'STATES'),h,flags=re.S)
h=re.sub(r'enum event_kind \{.*?\};',en('event_kind','EV_',[U(e) for e in events],'EV_TIMER, EVENTS'),h,flags=re.S)
h=re.sub(r'enum effect_kind \{.*?\};',en('effect_kind','FX_',[U(e) for e in effects],'EFFECTS'),h,flags=re.S)
h=re.sub(r'enum timer \{.*?\};',en('timer','TM_',[U(e) for e in TN],'TIMERS'),h,flags=re.S)
open(out+'/machine.h','w').write(h)
o=[];w=o.append
w('#include "machine.h"\n#include <string.h>\n#pragma GCC diagnostic ignored "-Wunused-parameter"\n#pragma GCC diagnostic ignored "-Wunused-variable"\n#pragma GCC diagnostic ignored "-Wunused-function"')
def fields(pfx,fl,st):
    if not fl: return 'NULL',0
    for a,t in fl.items():
        base=t.replace('optional ','')
        if base in enums: w('static const char *const w_%s_%s[]={%s,NULL};'%(pfx,c(a),','.join('"%s"'%x for x in enums[base])))
    w('static const struct field f_%s[]={%s};'%(pfx,','.join('{"%s","%s",%s,offsetof(struct %s,%s),%s}'%(a,t.replace('optional ',''),'w_%s_%s'%(pfx,c(a)) if t.replace('optional ','') in enums else 'NULL',st,c(a),'true' if t.startswith('optional') else 'false') for a,t in fl.items())))
    return 'f_'+pfx,len(fl)
ek=[]
for k,v in evp.items():
    f,n=fields('ev_'+c(k),v,'event'); ek.append('{"%s","",%s,%d,false}'%(k,f,n))
ek.append('{"timer","",NULL,0,false}')
w('const struct kind machine_event[EVENTS]={%s};'%','.join(ek))
ek=[]
for k,v in fxp.items():
    f,n=fields('fx_'+c(k),v,'effect'); ek.append('{"%s","",%s,%d,%s}'%(k,f,n,'true' if 'once' in effects[k] else 'false'))
w('const struct kind machine_effect[EFFECTS]={%s};'%','.join(ek))
f,n=fields('settings',D['settings'],'settings')
w('const struct kind machine_settings={"settings","",%s,%d,false};'%(f,n))
w('const char *const machine_timer[TIMERS]={%s};'%','.join('"%s"'%t for t in TN))
w('const struct state_info machine_state[STATES]={%s};'%',\n'.join('{"%s","%s",%s,REGION_%s,%s,%s}'%(s['path'],s['node'].get('about',''),ST(s['parent']['path']) if s['parent']['path'] else 'STATES',U(s['region']),'true' if leaf(s) else 'false','true' if choice(s) else 'false') for s in states))
w('const char machine_name[]="%s", machine_hash[]="%s";'%(D['name'],hashlib.md5(src.encode()).hexdigest()[:16]))
w('static const uint8_t slot_of[TIMERS]={%s};'%','.join(str(slot[t]) for t in TN))
kinds={'at':0,'after':1,'after_awake':2,'every_awake':3}
tk={t:[k for k in v if k in kinds][0] for t,v in timers.items()}
w('static const uint8_t kind_of[TIMERS]={%s};'%','.join(str(kinds[tk[t]]) for t in TN))
w('static const bool again[TIMERS]={%s};'%','.join('true' if timers[t].get('restart')=='again' else 'false' for t in TN))
def armset(s):
    r=[]
    while s: r+=s['node'].get('arm',[]); s=s['parent']
    return r
w('static uint32_t arms(int st){switch(st){'+''.join('case %s:return %s;'%(ST(s['path']),'|'.join('1u<<TM_%s'%U(t) for t in armset(s)) or '0') for s in states)+'default:return 0;}}')
w('''bool machine_in(const struct machine*m,enum state st){enum state x=(enum state)m->state[machine_state[st].region];for(;x!=STATES;x=machine_state[x].parent)if(x==st)return true;return false;}
bool machine_armed(const struct machine*m,enum timer t){for(int r=0;r<REGIONS;r++)if(arms(m->state[r])>>t&1)return m->due[slot_of[t]]!=NEVER;return false;}
int64_t machine_left(const struct machine*m,enum timer t,int64_t at,int64_t awake){if(!machine_armed(m,t))return NEVER;int64_t d=m->due[slot_of[t]]-(kind_of[t]>=2?awake:at);return d<0?0:d;}
static int64_t due_utc(const struct machine*m,enum timer t){int64_t d=m->due[slot_of[t]];return kind_of[t]>=2?d+(m->at-m->awake):d;}
int64_t machine_wake(const struct machine*m){int64_t b=NEVER;for(int t=0;t<TIMERS;t++)if(machine_armed(m,t)&&due_utc(m,t)<b)b=due_utc(m,t);return b;}
bool machine_due(const struct machine*m,int64_t at,int64_t awake,enum timer*out){int64_t b=NEVER;for(int t=0;t<TIMERS;t++){if(!machine_armed(m,t))continue;int64_t d=m->due[slot_of[t]];if(kind_of[t]>=2)d+=at-awake;if(d<=at&&d<b){b=d;*out=t;}}return b!=NEVER;}
''')
w(D.get('code',''))
P='const struct settings*s=m->settings;(void)s;'
for g,x in guards.items(): w('static bool g_%s(const struct machine*m,const struct event*e){%sreturn %s;}'%(c(g),P,x))
for a,x in actions.items(): w('static void a_%s(struct machine*m,const struct event*e){%s%s}'%(c(a),P,x))
w('static void rearm(struct machine*m,const struct event*e,enum timer t){%sswitch(t){'%P)
for t in TN:
    x=dur(timers[t][tk[t]]); base={'at':'','after':'e->at + ','after_awake':'e->awake + ','every_awake':'e->awake + '}[tk[t]]
    w('case TM_%s:m->due[%d]=%s(%s);break;'%(U(t),slot[t],base,x))
w('default:break;}}')
def do(l):
    r=''
    for it in l or []:
        if isinstance(it,str):
            if it in actions: r+='a_%s(m,e);'%c(it)
            else:
                assert it in effects,it; r+='fx->list[fx->count++]=(struct effect){.kind=FX_%s};'%U(it)
        else:
            (k,v),=it.items()
            if k=='rearm': r+='rearm(m,e,TM_%s);'%U(v)
            elif k=='stop': r+='m->due[%d]=NEVER;'%slot[v]
            else: r+='fx->list[fx->count++]=(struct effect){.kind=FX_%s,%s};'%(U(k),','.join('.%s=%s'%(c(a),x) for a,x in v.items()))
    return r
for s in states:
    w('static void enter_%s(struct machine*m,const struct event*e,struct effects*fx){%s m->state[REGION_%s]=%s;%s%s}'%(c(s['path']).replace('.','_'),P,U(s['region']),ST(s['path']),''.join('rearm(m,e,TM_%s);'%U(t) for t in s['node'].get('arm',[])),do(s['node'].get('enter'))))
    w('static void leave_%s(struct machine*m,const struct event*e,struct effects*fx){%s %s%s}'%(c(s['path']).replace('.','_'),P,do(s['node'].get('leave')),''.join('m->due[%d]=NEVER;'%slot[t] for t in s['node'].get('arm',[]))))
def cond(x,all_):
    if x is None: return '1'
    x=re.sub(r'[a-z][a-z-]*',lambda m:{'and':'&&','or':'||','not':'!'}.get(m[0]) or 'g_%s(m,e)'%c(m[0]),x)
    return x
def chain(s):
    r=[]
    while s and s['path']: r.append(s); s=s['parent']
    return r
def go(lf,decl,tr):
    r=''
    d=do(tr.get('do'))
    if 'to' not in tr: return d
    T=find(tr['to'])
    A=chain(lf); tc=chain(T)
    # lca of declaring & target
    dc=chain(decl) if decl['path'] else []
    if decl['path'] and decl in tc and decl is not T: lca=decl
    else:
        lca=None
        for x in dc:
            if x in tc and x is not T and x is not decl: lca=x;break
        
    for x in A:
        if x is lca: break
        r+='leave_%s(m,e,fx);'%c(x['path']).replace('.','_')
    r+=d
    ent=[]
    x=T
    while x and x['path'] and x is not lca: ent.append(x); x=x['parent']
    ent.reverse()
    x=T
    while x['kids']:
        i=x['node']['initial']; x=[k for k in x['kids'] if k['name']==i][0]; ent.append(x)
    for x in ent: r+='enter_%s(m,e,fx);'%c(x['path']).replace('.','_')
    return r
def norm(v):
    if isinstance(v,str): return [{'to':v}]
    if isinstance(v,dict): return [v]
    return v
def branches(lf,decl,v):
    v=norm(v); r='';els=''
    for b in v:
        if b.get('when')=='otherwise': els='{%s return;}'%go(lf,decl,b); continue
        r+='if(%s){%s return;}'%(cond(b.get('when'),0),go(lf,decl,b))
    return r+els
# note: guards must be evaluated on snapshot across regions: region 'cache' after 'update'. emulate by passing copy
for r in roots:
    w('static void region_%s(const struct machine*snap,struct machine*m,const struct event*e,struct effects*fx){switch(m->state[REGION_%s]){'%(c(r),U(r)))
    for lf in [s for s in states if s['region']==r and leaf(s)]:
        w('case %s:'%ST(lf['path']))
        if choice(lf): 
            w('break;');continue
        w('switch((int)e->kind){')
        done=set();tdone=set();tw=''
        x=lf
        while x:
            for ev,v in (x['node'].get('events') or {}).items():
                if ev in done: continue
                done.add(ev); w('case EV_%s:'%U(ev)+branches(lf,x,v).replace('(m,e)){','(snap,e)){').replace('g_','g_')+'break;')
            for ev in x['node'].get('ignore') or []: done.add(ev)
            for t,v in (x['node'].get('timers') or {}).items():
                if t in tdone: continue
                tdone.add(t); tw+='case TM_%s:%sbreak;'%(U(t),branches(lf,x,v))
            x=x['parent']
        miss=set(events)-done
        if miss: print('missing',lf['path'],miss)
        w('case EV_TIMER:switch((int)e->timer){%s}break;'%tw)
        w('}break;')
    w('}}')
    w('static bool choose_%s(struct machine*m,const struct event*e,struct effects*fx){switch(m->state[REGION_%s]){'%(c(r),U(r)))
    for lf in [s for s in states if s['region']==r and choice(s)]:
        w('case %s:'%ST(lf['path'])+branches(lf,lf,lf['node']['choose']).replace('return;','return true;')+'break;')
    w('}return false;}')
txt='\n'.join(o)
# snapshot guards in regions
import re as _r
def fix(m): return m[0].replace('(m,e)','(snap,e)') 
lines=[]
inreg=False
for l in txt.split('\n'):
    if l.startswith('static void region_'): inreg=True
    if l.startswith('static bool choose_'): inreg=False
    if inreg: l=_r.sub(r'g_[a-z_]+\(m,e\)',fix,l)
    lines.append(l)
o=lines;w=o.append
boots=[k for k,v in events.items() if 'boots' in v]; sc=[(k,v['sets_clock']) for k,v in events.items() if 'sets_clock' in v]
init=''
for r in roots: init+='m->state[REGION_%s]=%s;'%(U(r),ST(roots[r]['node']['initial']))
w('void machine_init(struct machine*m,const struct settings*s){memset(m,0,sizeof*m);m->settings=s;for(int i=0;i<MACHINE_SLOTS;i++)m->due[i]=NEVER;%s}'%init)
w('void machine_step(struct machine*m,const struct event*e,struct effects*fx){fx->count=0;')
for k,f in sc: w('if(e->kind==EV_%s)for(int t=0;t<TIMERS;t++)if(kind_of[t]==1&&machine_armed(m,t))m->due[slot_of[t]]+=e->at-e->%s;'%(U(k),c(f)))
for k in boots:
    w('if(e->kind==EV_%s)for(int t=0;t<TIMERS;t++)if(kind_of[t]>=2&&machine_armed(m,t)){if(again[t])rearm(m,e,t);else m->due[slot_of[t]]=e->awake+(m->due[slot_of[t]]-m->awake);}'%U(k))
w('''m->at=e->at;m->awake=e->awake;
if(e->kind==EV_TIMER){if(!machine_armed(m,e->timer))return;int64_t old=m->due[slot_of[e->timer]];
 if(kind_of[e->timer]==3){rearm(m,e,e->timer);int64_t p=m->due[slot_of[e->timer]]-e->awake;if(p<1)p=1;if(old+p>e->awake)m->due[slot_of[e->timer]]=old+p;}else m->due[slot_of[e->timer]]=NEVER;}
struct machine snap=*m;''')
for r in roots: w('region_%s(&snap,m,e,fx);while(choose_%s(m,e,fx));'%(c(r),c(r)))
w('}')
open(out+'/machine.c','w').write('\n'.join(o))
