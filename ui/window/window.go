// Package window drives the nursing station's one window: it asks the station's
// services for what a nurse wants, off the window's goroutine, and hands the
// screens what came of it. Screens know no services and services no screens.
package window

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alarmload"
	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/desktop/idle"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/app/tongue"
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
	"github.com/wardlight/wardlight/ui/words"
)

// Options say what the window stands on.
type Options struct {
	Station *station.Station
	Ward    ward.Ward // shown until somebody turns to another
	Version string
	// Welcome is said on the sign-in screen at the start, such as what is missing
	// before anybody can sign in.
	Welcome words.Message
	// Always is said over every screen, such as that this is a demonstration.
	Always words.Message
	// Keyring finds what to say on the sign-in screen of a keyring that cannot be
	// used; "" of one that can. It may take seconds. Nil: nothing is said.
	Keyring func(context.Context) string
	// Notify pops desktop notifications; nil: none. Names lets them name the
	// patient while the station is open, as the ward wants it.
	Notify *notify.Queue
	Names  bool
	// Sound rings for alerts; nil: none. SoundPause is how long one press of its
	// button silences what sounds (0: 2 minutes).
	Sound      *sound.Player
	SoundPause time.Duration
	// Examine looks over all that the station stands on, within a minute; nil: not
	// offered.
	Examine func(context.Context) []screenstation.Check
	// CoverAfter and LockAfter are how long nobody does anything before the patients
	// are covered, and before the station locks (0: 2 and 5 minutes).
	CoverAfter, LockAfter time.Duration
	// Idle asks the desktop for how long nobody used it; nil: the station's own keys
	// alone count.
	Idle idle.Probe
	// Load counts a ward's alerts of a time up to now; nil: not offered.
	Load   func(ctx context.Context, ward string, ago time.Duration) (alarmload.Report, error)
	Do     dispatch.Do
	Logger *slog.Logger
}

// Window is the station as a nurse sees it. Make it on the UI goroutine, then
// Run it on another.
type Window struct {
	opt    Options
	gate   *dispatch.Gate
	work   sync.WaitGroup
	ending sync.Mutex // guards work.Go against work.Wait
	over   bool       // Run waits for what was begun, nothing more begins
	acts   underway   // what of off is under way: see last
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
	names        ward.Titles                    // of other wards
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
	w.names.Read = o.Station.Wards
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
		wanted: map[string]alert.Alert{},
		others: map[string]alert.Alert{}, called: w.called, call: w.call,
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
			Initials: w.turnInitials, Uncovered: w.uncovered})
	w.shell.SetAlways(o.Always.What, o.Always.Next)
	if o.Sound == nil {
		w.shell.SetSound(w.soundView(time.Time{}))
	}
	widgets.OnActivity(w.acted)
	widgets.Hand().Refused, widgets.Hand().Acted = w.refusedPress, w.actedPress
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

// onPicture prepares a picture, off the window's goroutine.
func (w *Window) onPicture(wardID string, p live.Picture) {
	w.mu.Lock()
	if w.ward.ID != wardID { // turned to another meanwhile
		w.mu.Unlock()
		return
	}
	w.picture, w.wall = p, alert.WallOf(p.Cards, p.Open, p.High)
	opened := w.opened
	w.mu.Unlock()
	w.ringer.picture(p)
	w.notes.picture(p)
	w.draw(w.prepare(p))
	if s, ok := w.signed(); ok && opened != "" {
		w.readPage(w.ctx, s, opened)
	}
}

// frame is a picture made ready to draw: rows chosen and sorted, cards routed.
type frame struct {
	picture live.Picture
	signed  bool
	top     widgets.Top
	board   screenboard.View
	alerts  alerts.View
}

// prepare makes a frame, off the window's goroutine: it sorts.
func (w *Window) prepare(p live.Picture) frame {
	f := frame{picture: p}
	s, ok := w.signed()
	if !ok {
		return f // nothing of a patient is made ready for a screen that nobody unlocked
	}
	w.mu.Lock()
	q, nameless := w.query, w.initials
	w.mu.Unlock()
	q.Me = s.Staff.ID
	f.signed, f.top, f.alerts = true, w.top(p, s), w.cards(p, s)
	f.board = screenboard.View{Snapshot: p.Board, Rows: p.Board.Select(q), Query: q, Now: p.Board.Built, Me: s.Staff.ID,
		MayEdit: w.may(s, staff.EditChart), MayAssign: w.may(s, staff.AssignPatients),
		Charge: s.Staff.Role == staff.ChargeNurse}
	if nameless {
		f.withoutNames(q)
	}
	if p.Links.Deaf() || p.Links.NoRecord() && p.Links.NoRedis {
		f.board.Notice, f.board.NoticeRest = tongue.T("Last known values."),
			tongue.T("Redis and the record are away. Check at the bedside before you act.")
	}
	return f
}

func (w *Window) ask(q board.Query) {
	w.mu.Lock()
	w.query = q
	p := w.picture
	w.mu.Unlock()
	w.off(func(context.Context) { w.draw(w.prepare(p)) })
}

// showFrame draws. Between making the frame and drawing it somebody may have
// locked the station or turned to another ward.
func (w *Window) showFrame(f frame) {
	if f.picture.Board.Ward != w.place().ID {
		return
	}
	w.showLinks(f.picture)
	if w.shell.Place() == shell.SignIn {
		w.redrawSignIn()
	}
	if _, ok := w.signed(); !ok || !f.signed {
		return
	}
	if w.shell.Covered() {
		w.coverNow()
		if w.isElsewhere() {
			return // behind the cover stands another ward, as it was left
		}
	}
	w.shell.SetTop(f.top)
	w.drawStation(f.picture)
	w.board.Show(f.board)
	w.alerts.Show(f.alerts)
	w.shown(f)
}

func (w *Window) top(p live.Picture, s staff.Session) widgets.Top {
	_, mark := w.emergency(s)
	w.mu.Lock()
	drafts := w.drafts
	w.mu.Unlock()
	return widgets.Top{WardName: p.Board.WardName, Drafts: drafts, Loading: p.Board.Loading, Counts: p.Board.Counts,
		User: mark + s.Staff.Name() + " · " + s.Staff.Role.Title(), Live: liveLink(p.Links)}
}

// justHeard is how long a proof that alerts are heard needs no age to the second:
// the next comes within this time while all is well. A text that counts seconds
// has the whole window drawn again every second of the night.
const justHeard = 10 * time.Second

func liveLink(l live.Links) widgets.Link {
	switch {
	case l.Hearing && time.Since(l.Heard) < justHeard:
		return widgets.Link{Name: tongue.Tf("Live, heard %s", tongue.Clock(l.Heard)), State: widgets.LinkUp}
	case l.Hearing:
		return widgets.Link{Name: tongue.Tf("Live, heard %s ago", board.Span(time.Since(l.Heard))),
			State: widgets.LinkUp}
	case l.Deaf():
		return widgets.Link{Name: tongue.T("Cannot hear alerts"), State: widgets.LinkDown}
	}
	return widgets.Link{Name: tongue.T("Alerts by way of the record"), State: widgets.LinkSlow}
}

func link(name string, took time.Duration, down bool) widgets.Link {
	if down {
		return widgets.Link{Name: name, State: widgets.LinkDown, Text: tongue.T("away")}
	}
	return widgets.Link{Name: name, State: widgets.LinkUp, Text: pace(took)}
}

// pace says how fast a link answers, in steps that only change when a nurse could
// feel it.
func pace(took time.Duration) string {
	for _, ms := range []int{10, 50, 200} {
		if took < time.Duration(ms)*time.Millisecond {
			return tongue.Tf("under %d ms", ms)
		}
	}
	return fmt.Sprintf("%d ms", took.Round(100*time.Millisecond).Milliseconds())
}

func (w *Window) links(p live.Picture) []widgets.Link {
	if p.Board.Built.IsZero() {
		return nil // nothing was asked yet
	}
	out := []widgets.Link{link(tongue.T("Record"), p.Links.Record, p.Links.NoRecord())}
	if !p.Links.NoRedis {
		out = append([]widgets.Link{link("Redis", p.Links.Redis, !p.Links.Hearing)}, out...)
	}
	return append(out, w.notifyLink()...)
}

func (w *Window) stationLine() string { return w.opt.Station.Name + " · Wardlight " + w.opt.Version }

func (w *Window) showLinks(p live.Picture) {
	asOf := ""
	if !p.Board.AsOf.IsZero() {
		asOf = tongue.Tf("Board as of %s", tongue.Clock(p.Board.AsOf))
	}
	w.shell.SetStatus(w.links(p), asOf, w.stationLine())
	if w.saidUntil.Before(time.Now()) {
		w.unsay()
	}
	since := tongue.Here(p.Links.Since).Format("15:04:05")
	switch {
	case p.Links.Deaf():
		head, rest := deafText(p.Links)
		w.shell.SetStrip(widgets.Alarm, head, rest)
	case !p.Links.NoRedis && !p.Links.Hearing && !p.Links.Since.IsZero():
		w.shell.SetStrip(widgets.Warn, tongue.Tf("Redis has been away since %s.", since), redisAway(p.Links))
	case p.Links.NoRecord():
		w.shell.SetStrip(widgets.Warn, tongue.T("The record cannot be reached."),
			tongue.T("Nothing can be saved now; what you type is kept. Tell IT."))
	default:
		head, rest := w.soundTrouble()
		if s, ok := w.signed(); ok {
			if banner, _ := w.emergency(s); banner != "" && head != "" { // both are said: neither may hide the other
				head, rest = banner, head+" "+rest
			} else if banner != "" {
				head, rest = banner, tongue.T("All you open and write is recorded and reviewed.")
			}
		}
		if head != "" {
			w.shell.SetStrip(widgets.Warn, head, rest)
			return
		}
		w.shell.SetStrip(widgets.Calm, "", "")
	}
}

func redisAway(l live.Links) string {
	if l.Alone {
		return tongue.T(
			"Alerts come by way of the record and escalate by this station's own look at it; sections are not locked. Tell IT.")
	}
	return tongue.T("Alerts come by way of the record; sections are not locked. Tell IT.")
}

// saidFor is how long a message stands: long enough for who looked away.
const saidFor = 12 * time.Second

// sayHere puts a message below the screens for a while, for whoever is there: they have just
// pressed something. What is learned later is said by [Window.sayTo]. UI goroutine only.
func (w *Window) sayHere(m words.Message, d time.Duration) {
	w.saidUntil, w.refusing = time.Now().Add(d), false
	w.shell.Say(m.What, m.Next)
}

// refusedPress says that a press did nothing, because it was not meant for what it met.
// UI goroutine only.
func (w *Window) refusedPress() {
	w.refuse(words.Message{What: tongue.T("Nothing was done: what you pressed had just moved or changed."),
		Next: tongue.T("Look again, then press.")})
}

// refuse says why a press did nothing, until the next one does something. UI goroutine only.
func (w *Window) refuse(m words.Message) {
	w.sayHere(m, saidFor)
	w.refusing = true
}

// actedPress takes that message away: beside what was done it would say the contrary. UI
// goroutine only.
func (w *Window) actedPress() {
	if w.refusing {
		w.unsay()
	}
}

// open turns to a patient's chart.
func (w *Window) open(patientID string) { w.openThen(patientID, nil) }

// openThen turns to a patient's chart and, once it is shown and still the one on the
// screen, does then.
func (w *Window) openThen(patientID string, then func()) {
	s, ok := w.signed()
	switch {
	case !ok || patientID == "":
		return
	case w.shell.Place() == shell.Patient && w.chart.Opened() == patientID: // it stands there already
		if then != nil {
			then()
		}
		return
	}
	w.turns(patientID)
	w.mu.Lock()
	w.query.Text = "" // the search has found
	w.mu.Unlock()
	w.board.EndSearch()
	w.chart.Open(patientID)
	w.shell.Go(shell.Patient)
	w.off(func(ctx context.Context) {
		if err := w.opt.Station.Staff.Require(ctx, s, staff.ViewChart, w.place().ID); err != nil {
			w.refused(s, err, patientID)
			return
		}
		w.opt.Station.Staff.Viewed(ctx, s, patientID)
		w.readPage(ctx, s, patientID)
		if then != nil {
			w.gate.Do(func() {
				if w.chart.Opened() == patientID {
					then()
				}
			})
		}
	})
}

// readPage reads and shows a chart. The screen refuses it if the nurse has
// turned to another patient meanwhile.
func (w *Window) readPage(ctx context.Context, s staff.Session, patientID string) {
	page, err := w.page(ctx, s, patientID)
	if err != nil {
		w.cannotShow(s, patientID, err)
		return
	}
	gone := page.Summary.GoneFrom(w.place().ID)
	if gone.State == patient.Moved {
		gone.At = patient.Came(page.Encounters, gone.Ward)
	}
	v := screenpatient.View{Page: page, Now: time.Now().UTC(), MayEdit: w.may(s, staff.EditChart),
		MayGive: w.may(s, staff.GiveMedicine), Me: s.Staff.ID, Gone: w.goneText(ctx, gone),
		MayTakeOver: w.may(s, staff.TakeOverLock),
		MayDecide:   s.Staff.Role.May(staff.RecordDecisions), Every: w.observe(), Told: w.told(patientID)}
	w.mu.Lock()
	v.TwoInBed, v.Alike = w.picture.Board.TwoIn(patientID), w.picture.Board.NameAlike(patientID)
	turned := w.opened != patientID || w.session == nil || w.session.ID != s.ID
	w.mu.Unlock()
	if !page.FromCache {
		w.countDrafts(s, page.Drafts)
	}
	if !turned { // the newest page replaces one that still waits: never another patient's
		w.drawPage(v)
	}
}

func (w *Window) refused(s staff.Session, err error, patientID string) {
	w.cannotShow(s, patientID, err)
	w.ended(s, err)
}

// cannotShow says on the still blank chart of a patient why it cannot be shown, to whoever opened
// it.
func (w *Window) cannotShow(s staff.Session, patientID string, err error) {
	w.forOnly(s, func() { w.chart.Failed(patientID, words.For(err).String()) })
}

// back leaves the chart. What was typed there is kept, and the nurse is told where.
func (w *Window) back() {
	w.turns("")
	w.sayKept()
	w.shell.Go(shell.Board)
}

// Focus puts the keyboard where typing begins. UI goroutine only.
func (w *Window) Focus() { w.signin.Focus() }

// Quit hands the toolkit's own quit to the window's goroutine.
func (w *Window) Quit(quit func()) { w.opt.Do(quit) }
