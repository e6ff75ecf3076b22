/* Spanish, addressing people with usted. */
#include "phrase.h"

static const char *const phrases[PHRASES] = {
	[PHRASE_HEADING] = "Actualización de software",
	[PHRASE_MENU] = "Actualización: {target}",
	[PHRASE_BANNER_TITLE] = "Se instalará {target}",
	[PHRASE_BANNER_BODY] = "A más tardar el {deadline} (dentro de {left}).",
	[PHRASE_WARNING_TITLE] = "Tiempo para guardar su trabajo: {left}",
	[PHRASE_WARNING_BODY] = "Después se instalará {target}.",
	[PHRASE_FAILED_TITLE] = "No se ha podido instalar {target}",
	[PHRASE_FAILED_BODY] = "Se volverá a intentar, y su administrador está avisado.",
	[PHRASE_INFO_HEADING] = "Información de la actualización",
	[PHRASE_INFO_TITLE] = "{target}",
	[PHRASE_INFO_BODY] =
		"Al llegar la fecha límite tendrá {countdown} para guardar su trabajo. Después se cerrarán las apps "
		"abiertas, se instalará la actualización y este dispositivo se reiniciará por sí solo.",
	[PHRASE_INFO_BODY_APPS_STAY] =
		"Al llegar la fecha límite tendrá {countdown} para guardar su trabajo. Después se instalará la "
		"actualización y este dispositivo se reiniciará por sí solo.",
	[PHRASE_INFO_INSTALLED] = "Instalada",
	[PHRASE_INFO_REQUIRED] = "Requerida",
	[PHRASE_INFO_OR_NEWER] = "{required} o posterior",
	[PHRASE_INFO_DEADLINE] = "Fecha límite",
	[PHRASE_INFO_LEFT] = "Tiempo restante",
	[PHRASE_INFO_POLICY] = "Para",
	[PHRASE_TIMER_HEADING] = "Guarde su trabajo",
	[PHRASE_TIMER_TITLE] = "{target} está a punto de instalarse",
	[PHRASE_TIMER_BODY] =
		"Al llegar a cero se cerrarán las apps abiertas, se instalará la actualización y este dispositivo se "
		"reiniciará por sí solo.",
	[PHRASE_TIMER_BODY_APPS_STAY] =
		"Al llegar a cero se instalará la actualización y este dispositivo se reiniciará por sí solo.",
	[PHRASE_TIMER_LEFT] = "Tiempo restante: {timer}",
	[PHRASE_PROGRESS_HEADING] = "Instalación en curso",
	[PHRASE_PROGRESS_TITLE] = "{target}",
	[PHRASE_PROGRESS_BODY] = "Este dispositivo se reinicia por sí solo. Manténgalo conectado a la corriente.",
	[PHRASE_PROGRESS_PREPARING] = "Preparando",
	[PHRASE_PROGRESS_CLOSING] = "Cerrando las apps",
	[PHRASE_PROGRESS_INSTALLING] = "Instalando",
	[PHRASE_PROGRESS_RESTARTING] = "Este dispositivo está a punto de reiniciarse",
	[PHRASE_REMIND] = "Recordar en {delay}",
	[PHRASE_REMIND_TOMORROW] = "Recordar mañana",
	[PHRASE_LEARN_MORE] = "Más información",
	[PHRASE_START_NOW] = "Comenzar ahora",
	[PHRASE_OPEN_TIMER] = "Abrir el temporizador",
	[PHRASE_CLOSE] = "Cerrar",
	[PHRASE_CLOSE_BANNER] = "Cerrar el aviso",
	[PHRASE_QUIT] = "Salir",
	[PHRASE_NOTHING] = "No se exige nada de este dispositivo.",
	[PHRASE_DUE] = "{target} debe instalarse antes del {deadline} (dentro de {left}).",
	[PHRASE_SNOOZED] = "Se le recordará.",
	[PHRASE_COMES_BACK] = "El aviso volverá el {reminder}.",
	[PHRASE_HELD] = "Está en una presentación: nada le interrumpe.",
	[PHRASE_TIMER_CLOSED] = "Guarde su trabajo.",
	[PHRASE_UNATTENDED] = "Nadie ha iniciado sesión: la actualización comenzará pronto.",
	[PHRASE_WAITING] = "La actualización espera a que alguien inicie sesión.",
	[PHRASE_RESTARTS] = "Este dispositivo se reinicia…",
	[PHRASE_VERIFYING] = "Este dispositivo se ha reiniciado. Se está comprobando la versión.",
	[PHRASE_RETRY] = "La actualización no se ha completado. Se volverá a intentar.",
	[PHRASE_FAILED] = "La actualización no se ha completado.",
	[PHRASE_DONE_COMPLIANT] = "{target}: este dispositivo está al día.",
	[PHRASE_DONE_VERIFIED] = "{target} está instalado. Este dispositivo está al día.",
	[PHRASE_DONE_CALLED_OFF] = "{target}: la fecha límite ha cambiado y la cuenta atrás queda cancelada.",
	[PHRASE_DONE_FAILED] = "{target} no se ha instalado.",
	[PHRASE_SAFE_MODE] = "modo seguro",
};

const struct language language_es = {
	.tag = "es", .name = "Español",
	.weekday = {"dom", "lun", "mar", "mié", "jue", "vie", "sáb"},
	.month = {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
	.first = "1",
	.date = "{weekday} {day} {month}, {time}",
	.moment = "{weekday} {day} {month} {year}, {time} ({zone})",
	.unit = {
		{"día", "días", "días"}, {"hora", "horas", "horas"},
		{"minuto", "minutos", "minutos"}, {"segundo", "segundos", "segundos"},
	},
	.gap = " ", .join = " y ",
	.phrases = phrases,
};
