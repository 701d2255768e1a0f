package window

import (
	"time"

	"fyne.io/fyne/v2"

	screenload "github.com/wardlight/wardlight/ui/screen/alarmload"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	screenboard "github.com/wardlight/wardlight/ui/screen/board"
	screenpatient "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screen/signin"
	screenstation "github.com/wardlight/wardlight/ui/screen/station"
	"github.com/wardlight/wardlight/ui/shell"
)

// screens are what the window draws on. UI goroutine only.
type screens struct {
	shell   *shell.Shell
	signin  *signin.Screen
	board   *screenboard.Screen
	chart   *screenpatient.Screen
	alerts  *alerts.Screen
	load    *screenload.Screen
	station *screenstation.Screen
	self    screenstation.View // what station shows
}

// makeScreens makes the screens, each with what is done when something on it is pressed, and
// sets them in the window.
func (w *Window) makeScreens(win fyne.Window) {
	w.signin = signin.New(signin.Actions{SignIn: w.signIn, Resume: w.unlock, Switch: w.switchUser})
	w.board = screenboard.New(screenboard.Actions{Open: w.openNamed, Query: w.ask, Mine: w.mine, Assign: w.assign,
		Unopened: w.refuse, Keys: func() { w.shell.ShowKeys() }})
	w.chart = screenpatient.New(screenpatient.Actions{Back: w.back, Edit: w.edit, Save: w.save, Resolve: w.resolve,
		Compare: w.compare, Copy: w.copy, Discard: w.discard, Tell: w.tell, TakeOver: w.takeOver, Beside: w.beside,
		Changed: w.changed, Amend: w.amend, SetScale2: w.setScale2, EndScale2: w.endScale2, NoteProblem: w.noteProblem,
		ResolveProblem: w.resolveProblem, CloseTask: w.closeTask, TakeBackTask: w.takeBackTask, AddTask: w.addTask})
	w.chart.Clock = func() time.Time { return time.Now().UTC() }
	w.alerts = alerts.New(alerts.Actions{Accept: w.accept, Reject: w.reject, Forward: w.forward, Back: w.giveBack,
		End: w.end, OnMyWay: w.onMyWay, NotComing: w.notComing, All: w.acceptAll, MayNot: w.mayNot,
		Open: func(_, patientID string) { w.open(patientID) }})
	w.load = screenload.New(screenload.Actions{Period: w.countLoad, Back: func() { w.shell.Go(shell.Board) }})
	w.station = w.stationScreen()
	w.shell = shell.New(win, shell.Screens{SignIn: w.signin, Board: w.board, Patient: w.chart, Alerts: w.alerts,
		Load: w.load, Station: w.station},
		shell.Actions{Lock: w.lock, User: w.user, Ward: w.pickWard, Sound: w.sound, Station: w.showStation,
			Drafts: w.myDrafts, Initials: w.turnInitials, WhyNot: w.refuse, Uncovered: w.uncovered})
	w.shell.SetAlways(w.opt.Always.What, w.opt.Always.Next)
	if w.opt.Sound == nil {
		w.shell.SetSound(w.soundView(time.Time{}))
	}
}
