// Package window drives the nursing station's one window: it asks the station's
// services for what a nurse wants, off the window's goroutine, and hands the
// screens what came of it. Screens know no services and services no screens.
package window

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/dispatch"
	screenload "github.com/wardlight/wardlight/ui/screen/alarmload"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	screenboard "github.com/wardlight/wardlight/ui/screen/board"
	screenpatient "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screen/signin"
	screenstation "github.com/wardlight/wardlight/ui/screen/station"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Window is the station as a nurse sees it. Make it on the UI goroutine, then
// Run it on another.
type Window struct {
	opt    Options
	gate   *dispatch.Gate
	work   sync.WaitGroup
	ending sync.Mutex // guards work.Go against work.Wait
	over   bool       // Run waits for what was begun, nothing more begins
	acts   underway   // what of off is under way: see afterOthers
	ctx    context.Context
	fyne   fyne.Window
	shell  *shell.Shell
	signin *signin.Screen
	board  *screenboard.Screen
	chart  *screenpatient.Screen
	alerts *alerts.Screen
	load   *screenload.Screen
	// station is the station's own screen, self what it shows; UI goroutine only.
	station *screenstation.Screen
	self    screenstation.View
	draw    func(frame)
	// drawPage shows the chart's newest page. Pages come with every picture: on a
	// slow computer they must not pile up before the window.
	drawPage func(screenpatient.View)
	// signInState is the sign-in screen's message; UI goroutine only.
	signInState signin.State
	keyring     string // what Options.Keyring said; UI goroutine only
	ringer      *ringer
	notes       *notes
	soundNudge  chan struct{} // draw how it stands with the sound, now
	// saidUntil is how long the last message stands; UI goroutine only.
	saidUntil time.Time
	refusing  bool // it says that a press did nothing
	leaving   bool // it is looked up what whoever signs out has in hand; UI goroutine only

	mu          sync.Mutex
	session     *staff.Session // nil: nobody; set while locked, too
	locked      bool
	active      time.Time // last thing a person did here
	ward        ward.Ward // on the screen; the station's own while nobody is signed in
	unfollow    func()    // stops following it
	live        *live.Ward
	picture     live.Picture
	wall        alert.Wall // of picture: what a screen shows that nobody has signed in to
	query       board.Query
	initials    bool   // initials in place of names
	opened      string // patient on the screen
	edits       map[editKey]*edit
	turned      elsewhere     // what was on the screen when it was covered or locked
	unwatched   string        // what the ward is called that was on the screen before its own; see watched
	chosenDraft chart.Draft   // in My drafts, until its section is opened
	handing     chan struct{} // closed once what is being given back is; nil: nothing ever was
	drafts      int           // of this person, as counted last

	copied       string    // what this window put on the clipboard
	loads        int       // how often the alarm load was asked for
	testing      bool      // a self-test of the sound plays
	soundChecked time.Time // the last that a nurse heard; zero: none
	notifying    atomic.Pointer[notify.State]
	waiting      map[editKey]context.CancelFunc // in line for a section
	reserved     map[editKey]*chart.Editing     // waited for, and held until Edit is pressed
}

// When an idle station is covered and locked unless the options say otherwise, and
// how often a session is told that its person works.
const (
	coverAfter = 2 * time.Minute
	lockAfter  = 5 * time.Minute
	touchEvery = time.Minute
)

// callLimit bounds one thing that a nurse asked for. It is a variable for the tests:
// a machine that is shared tells nothing of it.
var callLimit = 5 * time.Second

// Held is what the log says when one change of the screen kept the window from
// drawing and hearing keys for longer than [dispatch.HeldMost].
const Held = "the window was held"

// New makes the window's content. ctx ends all its work.
func New(ctx context.Context, win fyne.Window, o Options) *Window {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Do == nil {
		o.Do = dispatch.Watched(dispatch.Main,
			func(held time.Duration) { o.Logger.Warn(Held, "took", held.Round(time.Millisecond)) })
	}
	// What other goroutines hand over moves the focus without the nurse's hand.
	do := func(f func()) { o.Do(func() { widgets.Hand().Aside(f) }) }
	w := &Window{opt: o, ctx: ctx, fyne: win, gate: dispatch.NewGate(do), edits: map[editKey]*edit{},
		waiting:  map[editKey]context.CancelFunc{},
		reserved: map[editKey]*chart.Editing{}, active: time.Now(), ward: o.Ward}
	if w.opt.SoundPause == 0 {
		w.opt.SoundPause = sound.MostPauseHigh
	}
	if w.opt.CoverAfter == 0 {
		w.opt.CoverAfter = coverAfter
	}
	if w.opt.LockAfter == 0 {
		w.opt.LockAfter = lockAfter
	}
	w.soundNudge = make(chan struct{}, 1)
	w.ringer = &ringer{player: o.Sound, station: o.Station.Name, rejected: map[string]bool{}, called: w.called,
		call: w.call}
	w.notes = &notes{queue: o.Notify, station: o.Station.Name, names: o.Names, who: w.patientName,
		wanted: map[string]alert.Read{},
		others: map[string]alert.Alert{}, called: w.called, call: w.call, read: w.read,
		answers: func() bool {
			id, role := w.here()
			return id == "" || alert.RightsTo(role, alert.ForwardedTo, alert.ToEveryone).Accept
		},
		open: func() bool { _, ok := w.signed(); return ok },
		warn: func(id string, err error) { w.opt.Logger.Warn("a notification was not taken", "alert", id, "err", err) }}
	w.signin = signin.New(signin.Actions{SignIn: w.signIn, Resume: w.unlock, Switch: w.switchUser})
	w.board = screenboard.New(screenboard.Actions{Open: w.openNamed, Query: w.ask, Mine: w.mine, Assign: w.assign,
		Unopened: w.refuse,
		Keys:     func() { w.shell.ShowKeys() }})
	w.chart = screenpatient.New(screenpatient.Actions{Back: w.back, Edit: w.edit, Save: w.save, Resolve: w.resolve,
		Compare: w.compare, Copy: w.copy, Discard: w.discard,
		Tell: w.tell, TakeOver: w.takeOver, Beside: w.beside, Changed: w.changed,
		Amend: w.amend, SetScale2: w.setScale2, EndScale2: w.endScale2, NoteProblem: w.noteProblem,
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
			Drafts:   w.myDrafts,
			Initials: w.turnInitials, Unaccepted: w.refuse, Uncovered: w.uncovered})
	w.shell.SetAlways(o.Always.What, o.Always.Next)
	if o.Sound == nil {
		w.shell.SetSound(w.soundView(time.Time{}))
	}
	widgets.OnActivity(w.acted)
	hand := widgets.Hand()
	hand.Refused, hand.Lost, hand.Acted = w.refusedPress, w.lostKey, w.actedPress
	w.draw = dispatch.Latest(w.gate.Do, w.showFrame)
	w.drawPage = dispatch.Latest(w.gate.Do, func(v screenpatient.View) {
		if s, ok := w.signed(); ok && s.Staff.ID == v.Me && w.chart.Show(v) { // it has her drafts in it
			w.shell.AskNext() // a question about this patient may have waited for it
		}
	})
	w.showSignIn(o.Welcome, false)
	return w
}

// Run works until the window's context ends, and returns when all is put away.
func (w *Window) Run() {
	w.follow(w.opt.Ward)
	w.background(func() { spots.Run(w.ctx, w.gate.Do) })
	w.background(w.watchSession)
	w.background(w.keepDrafts)
	w.background(w.watchEdge)
	if w.opt.Notify != nil {
		w.background(func() { _ = w.opt.Notify.Run(w.ctx) })
		w.background(w.chosen)
		w.background(w.watchNotify)
	}
	if w.opt.Sound != nil {
		w.background(func() { _ = w.opt.Sound.Run(w.ctx) })
		w.background(w.watchSound)
	}
	w.background(w.askKeyring)
	w.resume()
	<-w.ctx.Done()
	w.leaveLines()
	w.closeEdits()
	w.ending.Lock()
	w.over = true
	w.ending.Unlock()
	w.work.Wait()
	// What a form that opened meanwhile has taken.
	w.putAway(w.takeEdits(func(editKey, *edit) bool { return true }))
}

// background runs f beside the window. Once the window has ended it does not:
// Run waits for all that was begun.
func (w *Window) background(f func()) {
	w.ending.Lock()
	defer w.ending.Unlock()
	if !w.over {
		w.work.Go(f)
	}
}

// Close stops handing anything to the window; call it when the toolkit stops.
func (w *Window) Close() { w.gate.Close() }

// acted notes that a person did something here.
func (w *Window) acted() {
	w.mu.Lock()
	w.active = time.Now()
	w.mu.Unlock()
}

// signed returns the session if somebody is signed in and not locked out.
func (w *Window) signed() (staff.Session, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.session == nil || w.locked {
		return staff.Session{}, false
	}
	return *w.session, true
}

// Focus puts the keyboard where typing begins. UI goroutine only.
func (w *Window) Focus() { w.signin.Focus() }

// Quit hands the toolkit's own quit to the window's goroutine.
func (w *Window) Quit(quit func()) { w.opt.Do(quit) }
