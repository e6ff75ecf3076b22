/* Japanese; no spaces between words, and characters two columns wide. */
#include "phrase.h"

static const char *const phrases[PHRASES] = {
	[PHRASE_HEADING] = "ソフトウェアアップデート",
	[PHRASE_MENU] = "ソフトウェアアップデート：{target}",
	[PHRASE_BANNER_TITLE] = "{target}がインストールされます",
	[PHRASE_BANNER_BODY] = "期限は{deadline}です（残り{left}）。",
	[PHRASE_WARNING_TITLE] = "作業を保存する時間は残り{left}です",
	[PHRASE_WARNING_BODY] = "その後、{target}がインストールされます。",
	[PHRASE_FAILED_TITLE] = "{target}をインストールできませんでした",
	[PHRASE_FAILED_BODY] = "あとで再試行されます。管理者には通知済みです。",
	[PHRASE_INFO_HEADING] = "アップデート情報",
	[PHRASE_INFO_TITLE] = "{target}",
	[PHRASE_INFO_BODY] =
		"期限になると、作業を保存するための時間が{countdown}あります。その後、"
		"開いているアプリが閉じられ、アップデートがインストールされ、このデバイスは自動的に再起動します。",
	[PHRASE_INFO_BODY_APPS_STAY] =
		"期限になると、作業を保存するための時間が{countdown}あります。その後、"
		"アップデートがインストールされ、このデバイスは自動的に再起動します。",
	[PHRASE_INFO_INSTALLED] = "インストール済み",
	[PHRASE_INFO_REQUIRED] = "必要",
	[PHRASE_INFO_OR_NEWER] = "{required}以降",
	[PHRASE_INFO_DEADLINE] = "期限",
	[PHRASE_INFO_LEFT] = "残り時間",
	[PHRASE_INFO_POLICY] = "対象",
	[PHRASE_TIMER_HEADING] = "作業を保存してください",
	[PHRASE_TIMER_TITLE] = "まもなく{target}がインストールされます",
	[PHRASE_TIMER_BODY] =
		"残り時間がなくなると、開いているアプリが閉じられ、アップデートがインストールされ、"
		"このデバイスは自動的に再起動します。",
	[PHRASE_TIMER_BODY_APPS_STAY] =
		"残り時間がなくなると、アップデートがインストールされ、このデバイスは自動的に再起動します。",
	[PHRASE_TIMER_LEFT] = "残り{timer}",
	[PHRASE_PROGRESS_HEADING] = "インストール中",
	[PHRASE_PROGRESS_TITLE] = "{target}",
	[PHRASE_PROGRESS_BODY] = "このデバイスは自動的に再起動します。電源に接続したままにしてください。",
	[PHRASE_PROGRESS_PREPARING] = "準備しています",
	[PHRASE_PROGRESS_CLOSING] = "アプリを閉じています",
	[PHRASE_PROGRESS_INSTALLING] = "インストールしています",
	[PHRASE_PROGRESS_RESTARTING] = "まもなく再起動します",
	[PHRASE_REMIND] = "{delay}後に通知",
	[PHRASE_REMIND_TOMORROW] = "明日通知",
	[PHRASE_LEARN_MORE] = "詳しい情報",
	[PHRASE_START_NOW] = "今すぐ開始",
	[PHRASE_OPEN_TIMER] = "タイマーを開く",
	[PHRASE_CLOSE] = "閉じる",
	[PHRASE_CLOSE_BANNER] = "通知を閉じる",
	[PHRASE_QUIT] = "終了",
	[PHRASE_NOTHING] = "このデバイスに必要なアップデートはありません。",
	[PHRASE_DUE] = "{target}の期限は{deadline}です（残り{left}）。",
	[PHRASE_SNOOZED] = "あとで通知されます。",
	[PHRASE_COMES_BACK] = "次の通知：{reminder}",
	[PHRASE_HELD] = "プレゼンテーション中のため、通知は表示されません。",
	[PHRASE_TIMER_CLOSED] = "作業を保存してください。",
	[PHRASE_UNATTENDED] = "ログインしている人がいないため、まもなくアップデートが始まります。",
	[PHRASE_WAITING] = "誰かがログインするまで、アップデートは待機します。",
	[PHRASE_RESTARTS] = "このデバイスを再起動しています…",
	[PHRASE_VERIFYING] = "再起動しました。バージョンを確認しています。",
	[PHRASE_RETRY] = "アップデートできませんでした。あとで再試行されます。",
	[PHRASE_FAILED] = "アップデートできませんでした。",
	[PHRASE_DONE_COMPLIANT] = "{target}：このデバイスは最新の状態です。",
	[PHRASE_DONE_VERIFIED] = "{target}がインストールされました。このデバイスは最新の状態です。",
	[PHRASE_DONE_CALLED_OFF] = "{target}：期限が変更されたため、カウントダウンは中止されました。",
	[PHRASE_DONE_FAILED] = "{target}はインストールされませんでした。",
	[PHRASE_SAFE_MODE] = "セーフモード",
};

const struct language language_ja = {
	.tag = "ja", .name = "日本語",
	.weekday = {"日", "月", "火", "水", "木", "金", "土"},
	.month = {"1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"},
	.first = "1",
	.date = "{month}{day}日({weekday}) {time}",
	.moment = "{year}年{month}{day}日({weekday}) {time} ({zone})",
	.unit = {
		{"日", "日", "日"}, {"時間", "時間", "時間"},
		{"分", "分", "分"}, {"秒", "秒", "秒"},
	},
	.gap = "", .join = "",
	.phrases = phrases,
};
