// Package patient is the chart of one patient. It is opened by ID and stays
// blank until a page of that ID is shown: nothing of another patient is ever
// drawn. Everything here belongs to the UI goroutine.
package patient

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	apppatient "github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Actions are what the chart asks for; each names the patient it means.
type Actions struct {
	Back func()
	Edit func(patientID string, s chart.Section)
	Save func(chart.Draft)
	// Resolve saves what was chosen in a conflict; the draft's version is the one
	// that was shown.
	Resolve  func(chart.Draft)
	Discard  func(patientID string, s chart.Section)
	Tell     func(patientID string, s chart.Section)
	TakeOver func(patientID string, s chart.Section)
	// Beside asks to enter a set of observations of one's own while another holds the
	// section.
	Beside func(patientID string)
	// Compare asks to set a text that was not saved beside what is in the record.
	Compare func(patientID string, s chart.Section)
	// Copy puts a text of this nurse's own on the clipboard.
	Copy func(text string)
	// Amend asks to change a signed entry; fields are how it stands, with its ID
	// under [AmendsField].
	Amend func(patientID string, s chart.Section, fields map[string]string)
	// SetScale2 asks for a prescriber's decision for SpO2 scale 2, in place of the one with an ID that is
	// shown to hold ("" for none); EndScale2 for why the one that is shown is ended.
	SetScale2 func(patientID, instead string)
	EndScale2 func(apppatient.OxygenTarget)
	// NoteProblem asks for a new problem, ResolveProblem ends one.
	NoteProblem    func(patientID string)
	ResolveProblem func(apppatient.Problem)
	// CloseTask ends a task; AddTask asks for a new one.
	CloseTask func(t task.Task, how task.Outcome)
	// TakeBackTask asks why a closing was entered in error.
	TakeBackTask func(t task.Task)
	AddTask      func(patientID string)
	// Changed is called with all that is typed after every change.
	Changed func(chart.Draft)
}

// View is a page and what this nurse may do with it; it is immutable.
type View struct {
	// Order grows with when the page was begun to be read.
	Order   uint64
	Page    chart.Page
	Now     time.Time
	MayEdit bool
	// MayGive offers to say that a medicine was given; Me is the staff ID of the person who looks,
	// whose own entries can be taken back.
	MayGive bool
	Me      string
	// Gone is how the patient is gone from this ward, in words: "Discharged 14:10"; "" for
	// one who is here.
	Gone string
	// MayDecide offers to record a prescriber's decision and to keep the problem list.
	MayDecide bool
	// Every is how often the ward observes; the zero value is the national minimum.
	Every vitals.Intervals
	// MayTakeOver offers Take over on a section held by another.
	MayTakeOver bool
	// TwoInBed: the record has another patient in the same bed.
	TwoInBed bool
	// Alike is the mark that another of the ward has nearly this name; the zero value where nobody has.
	Alike board.Chip
	// Told are the held sections whose release this nurse is to be told of.
	Told map[chart.Section]bool
}

// scoring is how the patient's signs are read: by NEWS2 or not, and on which scale.
func (v View) scoring() vitals.Scoring { return v.Page.Summary.Scoring(v.Now) }

// stay are the sets by which the patient is scored now, see [apppatient.Summary.OfStay].
func (v View) stay() []vitals.Observation { return v.Page.Summary.OfStay(v.Page.Observations, v.Now) }

// Tab is one of the chart's tabs.
type Tab int

// The tabs.
const (
	Summary Tab = iota
	Observations
	Notes
	Tasks
	History
)

// Screen is the chart.
type Screen struct {
	// Clock says the time while somebody types; nil: it is that of the newest view.
	Clock func() time.Time

	actions Actions
	opened  string // patient ID; "" while nothing is open
	view    View
	shown   bool   // view belongs to opened
	order   uint64 // of the newest page shown
	tab     Tab

	banner   *widgets.PatientBanner
	strip    *widgets.Strip
	gone     *widgets.Strip
	blank    *widgets.Label
	empty    *fyne.Container // blank, and the way back
	tabs     []*widgets.Button
	lines    []*tabLine
	span     *widgets.Segmented
	trend    *trendCard
	summary  *summaryCard
	problems *problemsCard
	obs      *obsCard
	notes    *notesCard
	meds     *tasksCard
	tasks    *tasksCard
	history  *historyCard
	// conflicts are the two sides of each section; deciding is the one shown in
	// place of the tabs, or "".
	conflicts map[chart.Section]*conflictCard
	deciding  chart.Section
	// sideFirst puts the side with observations and notes above the tab's own card
	// where there is room for one column only.
	sideFirst bool
	ahead     *ahead
	stirred   time.Time
	body      *fyne.Container
	scroll    *widgets.VScroll
	within    *fyne.Container // the tabs, where they scroll with the chart
	full      *fyne.Container
	content   *fyne.Container
}

// New makes a chart with nobody open.
func New(a Actions) *Screen {
	s := &Screen{actions: a, tab: Observations, ahead: newAhead()}
	s.banner, s.strip = widgets.NewPatientBanner(), widgets.NewStrip("patient.notice").Folding()
	s.gone = widgets.NewStrip("patient.gone")
	s.blank = widgets.Text("", 16, theme.SemiBold, theme.Muted).Wrapped().Centred()
	spots.Mark("patient.blank", s.blank)
	s.body = container.New(columns{&s.sideFirst, func() float32 {
		left, _ := widgets.ScrollRoom()
		_, height := s.scroll.Seen()
		return height - 2*left
	}})
	s.within = widgets.Col(0)
	s.scroll = widgets.NewVScroll(widgets.Col(6, s.within, widgets.Grow(s.body)))
	s.scroll.Fill = true
	s.obs, s.notes = newObsCard(s), newNotesCard(s)
	s.conflicts = map[chart.Section]*conflictCard{}
	for _, section := range []chart.Section{chart.Observations, chart.Notes} {
		s.conflicts[section] = newConflictCard(s, section)
	}
	s.problems = newProblemsCard(s)
	s.meds, s.tasks, s.history = newTasksCard(s, task.Medicine), newTasksCard(s, task.Care), newHistoryCard()
	s.span = widgets.NewSegmented(usualSpan, func(int) { s.drawTrend() }, tongue.T("8 h"), tongue.T("24 h"),
		tongue.T("7 d")).Named("patient.span", "8h", "24h", "7d").Compact().Labelled(tongue.T("Time shown"))
	s.trend, s.summary = newTrendCard(s.span), newSummaryCard()

	tabRow := widgets.Flow(4, 2)
	back := widgets.NewButton(widgets.Quiet, "‹ "+tongue.T("Board"), "Esc", s.Back).Named("patient.back")
	tabRow.Add(widgets.Col(0, back, newTabLine()))
	for i, t := range tabNames() {
		b := widgets.NewButton(widgets.Quiet, t[0], fmt.Sprint(i+1),
			func() { s.ShowTab(Tab(i)) }).Named("patient.tab." + t[1])
		l := newTabLine()
		s.tabs, s.lines = append(s.tabs, b), append(s.lines, l)
		tabRow.Add(widgets.Col(0, b, l))
	}
	s.tabs[Tasks].Keep(countedTasks(99)) // what stands after it stays in its place
	s.full = newScarce(s, widgets.Pad(0, 9, 0, 0, tabRow))
	away := widgets.NewButton(widgets.Quiet, "‹ "+tongue.T("Board"), "Esc", s.Back).Named("patient.away")
	s.empty = widgets.Col(28, widgets.Row(0, away, widgets.Spring()), s.blank)
	s.content = widgets.Pad(12, 3, 4, 12, widgets.Col(0, s.empty, widgets.Grow(s.full), s.ahead))
	s.full.Hide()
	s.ShowTab(Observations)
	return s
}

// stir notes that a list of the chart has moved: what stands in it, and below it.
func (s *Screen) stir() { s.stirred = widgets.Hand().Time() }

// since is when the lists of the chart moved last.
func (s *Screen) since() time.Time { return s.stirred }

// Content is what to place in the window.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Opened is the ID of the patient that is open, or "".
func (s *Screen) Opened() string { return s.opened }

// Patient is who the chart shows; the zero value while it shows nobody.
func (s *Screen) Patient() apppatient.Summary {
	if !s.shown {
		return apppatient.Summary{}
	}
	return s.view.Page.Summary
}

// Open turns to a patient. The screen is blank from this moment until a page of
// exactly this patient comes.
func (s *Screen) Open(patientID string) {
	s.opened, s.shown, s.view = patientID, false, View{}
	s.banner.Clear()
	s.strip.Set(widgets.Calm, "", "")
	s.gone.Set(widgets.Calm, "", "")
	s.trend.reset()
	s.obs.reset()
	s.notes.reset()
	s.meds.reset()
	s.tasks.reset()
	s.history.reset()
	s.summary.reset()
	s.problems.reset()
	for _, c := range s.conflicts {
		c.reset()
	}
	if s.deciding != "" {
		s.ShowTab(s.tab)
	}
	s.ahead.end()
	s.full.Hide()
	s.empty.Show()
	s.blank.Set(tongue.T("Opening the chart…"))
	s.content.Refresh()
}

// Close leaves the patient: nothing of them stays on the screen or in it.
func (s *Screen) Close() {
	s.Open("")
	s.blank.Set("")
}

// Failed says why the chart cannot be shown, on the still blank screen.
func (s *Screen) Failed(patientID, what string) {
	if patientID != s.opened || s.shown {
		return
	}
	s.blank.Set(what)
	s.content.Refresh()
}

// Show draws a page. A page of any other patient than the one opened is
// refused: a late answer must not draw over the next patient; so is one that was begun
// to be read before what was shown last. It reports whether the page was drawn.
func (s *Screen) Show(v View) bool {
	id := v.Page.Summary.Patient.ID
	if s.opened == "" || id != s.opened || v.Order < s.order || !ofOne(v.Page) {
		return false
	}
	s.view, s.shown, s.order = v, true, v.Order
	score, taken := s.badge()
	s.banner.Set(v.Page.Summary, v.TwoInBed, v.Alike, score, taken, v.Now)
	s.notice()
	s.summary.set(v)
	s.problems.set(v)
	s.obs.setView(v)
	s.notes.setView(v)
	s.meds.set(v)
	s.tasks.set(v)
	s.history.set(v)
	s.countTasks()
	s.drawTrend()
	s.empty.Hide()
	s.full.Show()
	s.content.Refresh()
	return true
}

func (s *Screen) notice() {
	if s.gone.Set(widgets.Calm, "", ""); s.view.Gone != "" {
		s.gone.Set(widgets.Alarm, s.view.Gone+".", tongue.T("What is written now is a late entry."))
	}
	p := s.view.Page
	at := tongue.Moment(p.Confirmed, s.view.Now)
	switch {
	case p.Stale && p.FromCache:
		s.strip.Set(widgets.Warn, tongue.Tf("Last known values, confirmed %s.", at),
			tongue.T("The record cannot be asked. Check at the bedside before you act."))
	case p.Stale:
		s.strip.Set(widgets.Warn, tongue.Tf("These values were last confirmed %s.", at),
			tongue.T("Check at the bedside before you act."))
	case p.FromCache:
		s.strip.Set(widgets.Calm, tongue.Tf("From the station's copy, confirmed %s.", at), "")
	default:
		s.strip.Set(widgets.Calm, "", "")
	}
}

// badge is the score that the board shows, too, and of when it is: of the last complete
// moment if that stands, else of the newest.
func (s *Screen) badge() (board.Badge, time.Time) {
	sets := s.view.Page.Observations
	if len(vitals.Taken(sets)) == 0 {
		sets = s.view.Page.Summary.Recent
	}
	sets = s.view.Page.Summary.OfStay(sets, s.view.Now)
	raised, any := vitals.Raised(sets)
	taken := raised.Picture.Values.Taken
	if raised.Stands {
		taken = raised.Set.Taken
	}
	scoring := s.view.scoring()
	if !scoring.Applies() || !any {
		return board.Badge{Text: "–", Why: scoring.Reason()}, taken
	}
	return board.BadgeOf(raised, sets), taken
}

// Unturn goes back to the tab and the span of a chart that nobody has turned.
func (s *Screen) Unturn() {
	s.ShowSpan(usualSpan)
	s.ShowTab(Observations)
}

// Tab is the tab that the chart stands on.
func (s *Screen) Tab() Tab { return s.tab }

// Back asks to leave the chart.
func (s *Screen) Back() {
	if s.actions.Back != nil {
		s.actions.Back()
	}
}

// Focus puts the keyboard on the tab shown, or on what is to be decided.
func (s *Screen) Focus() {
	if s.deciding != "" {
		s.conflicts[s.deciding].focus()
		return
	}
	widgets.Focus(s.tabs[s.tab])
}

// Resume puts the keyboard on the tab if a dialog gave it back to what waited for a form
// that did not come.
func (s *Screen) Resume() {
	if !s.ahead.waits() && widgets.Focused(s.ahead) == fyne.Focusable(s.ahead) {
		s.Focus()
	}
}
