package main

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/alert"
	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	apppatient "github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/alarmload"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screen/signin"
	"github.com/wardlight/wardlight/ui/screen/station"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// stage is a window with all screens, as the station builds it.
type stage struct {
	shell   *shell.Shell
	signin  *signin.Screen
	board   *board.Screen
	patient *patient.Screen
	alerts  *alerts.Screen
	load    *alarmload.Screen
	station *station.Screen
	window  fyne.Window
}

// story is one picture.
type story struct {
	name string
	play func(*stage)
}

var stories = []story{
	{"sign-in", func(s *stage) { s.signin.Show(atSignIn()); s.shell.Go(shell.SignIn) }},
	{"sign-in-refused", func(s *stage) {
		st := atSignIn()
		st.Message = words.Message{What: tongue.T("The staff ID and password do not match."),
			Next: tongue.T("Check both and try again.")}
		s.signin.Show(st)
		s.shell.Go(shell.SignIn)
	}},
	{"sign-in-record-away", func(s *stage) {
		st := atSignIn()
		st.Message = words.AtSignIn(chart.ErrRecordAway)
		st.Links[1] = widgets.Link{Name: "Record", State: widgets.LinkDown, Text: "away since 14:01"}
		s.signin.Show(st)
		s.shell.Go(shell.SignIn)
	}},
	{"locked", func(s *stage) {
		st := atSignIn()
		st.Locked, st.Alerts = fixture.User, fixture.Wall()
		s.signin.Show(st)
		s.shell.Go(shell.SignIn)
	}},
	{"locked-deaf", func(s *stage) {
		st := atSignIn()
		st.Locked, st.Alerts = fixture.User, fixture.Wall()
		st.Deaf, st.DeafNext = deaf()
		s.signin.Show(st)
		s.shell.Go(shell.SignIn)
	}},
	{"sign-in-alerts", func(s *stage) {
		st := atSignIn()
		st.Alerts = fixture.Wall()
		s.signin.Show(st)
		s.shell.Go(shell.SignIn)
	}},
	{"sign-in-deaf", func(s *stage) {
		st := atSignIn()
		st.Deaf, st.DeafNext = deaf()
		s.signin.Show(st)
		s.shell.Go(shell.SignIn)
	}},
	{"sign-in-mute", func(s *stage) {
		st := atSignIn()
		st.Mute, st.MuteNext = mute()
		s.signin.Show(st)
		s.shell.Go(shell.SignIn)
	}},
	{"locked-mute", func(s *stage) {
		st := atSignIn()
		st.Locked, st.Alerts = fixture.User, fixture.Wall()
		st.Mute, st.MuteNext = mute()
		s.signin.Show(st)
		s.shell.Go(shell.SignIn)
	}},
	{"locked-other-ward", func(s *stage) {
		st := atSignIn()
		st.Locked, st.Alerts, st.Unwatched = fixture.User, fixture.Wall(), unwatched()
		s.signin.Show(st)
		s.shell.Go(shell.SignIn)
	}},
	{"locked-other-ward-mute", func(s *stage) {
		st := atSignIn()
		st.Locked, st.Alerts, st.Unwatched = fixture.User, fixture.WallOfStorm(), unwatched()
		st.Mute, st.MuteNext = mute()
		s.signin.Show(st)
		s.shell.Go(shell.SignIn)
	}},
	{"sign-in-storm", func(s *stage) {
		st := atSignIn()
		st.Alerts = fixture.WallOfStorm()
		s.signin.Show(st)
		s.shell.Go(shell.SignIn)
	}},
	{"board", func(s *stage) { atBoard(s) }},
	{"board-list", func(s *stage) { s.board.SetList(true); atBoard(s) }},
	{"patient", func(s *stage) { atChart(s) }},
	{"summary", func(s *stage) { atChart(s); s.patient.ShowTab(patient.Summary) }},
	{"tasks", func(s *stage) { atChart(s); s.patient.ShowTab(patient.Tasks) }},
	{"tasks-assistant", func(s *stage) {
		atChart(s)
		v := chartView()
		v.MayGive, v.MayDecide, v.Me = false, false, "assistant"
		s.patient.Show(v)
		s.patient.ShowTab(patient.Tasks)
	}},
	{"tasks-allergy", func(s *stage) {
		atChart(s)
		s.patient.ShowTab(patient.Tasks)
		s.shell.Ask(doseAllergic())
	}},
	{"tasks-unasked", func(s *stage) {
		p := fixture.Unasked()
		atBoard(s)
		s.patient.Open(p.Summary.Patient.ID)
		s.shell.Go(shell.Patient)
		s.patient.Show(patient.View{Page: p, Now: fixture.Now, MayEdit: true, MayGive: true, Me: fixture.Me})
		s.patient.ShowTab(patient.Tasks)
		s.shell.Ask(doseUnasked(p))
	}},
	{"tasks-again", func(s *stage) { atChart(s); s.patient.ShowTab(patient.Tasks); s.shell.Ask(doseTwice()) }},
	{"tasks-waited", func(s *stage) { atChart(s); s.patient.ShowTab(patient.Tasks); s.shell.Ask(doseWaited()) }},
	{"history", func(s *stage) { atChart(s); s.patient.ShowTab(patient.History) }},
	{"edit", func(s *stage) { atChart(s); s.patient.SetEdit(editing()) }},
	{"conflict", func(s *stage) { atChart(s); s.patient.SetEdit(editing()); s.patient.SetEdit(fixture.Conflict()) }},
	{"conflict-note", func(s *stage) { atChart(s); s.patient.SetEdit(fixture.ConflictOfNotes()) }},
	{"lease-lost", func(s *stage) {
		atChart(s)
		s.patient.SetEdit(editing())
		e := editing()
		e.Phase, e.Next = patient.Lost,
			tongue.T("Nothing of yours is lost: save it beside theirs, as a set of its own, or go on with it.")
		s.patient.SetEdit(e)
	}},
	{"taken-over", func(s *stage) {
		atChart(s)
		s.patient.SetEdit(editing())
		e := editing()
		e.Phase = patient.Lost
		m := words.For(&chart.TakenOverError{By: chart.Holder{Name: "Chen, A", Station: "WS-4B-1",
			Since: fixture.Now.Add(-20e9), Reason: "doctor needs the set now"}})
		e.What, e.Next = m.What, m.Next
		s.patient.SetEdit(e)
		v := chartView()
		st := v.Page.Sections[chart.Observations]
		st.Holder = &chart.Holder{Name: "Chen, A", Station: "WS-4B-1", Since: fixture.Now.Add(-20e9)}
		v.Page.Sections[chart.Observations] = st
		s.patient.Show(v)
	}},
	{"scale2", func(s *stage) {
		atBoard(s)
		v := chartView()
		v.Page.Oxygen = fixture.Oxygen()
		v.Page.Summary.Flags = append(v.Page.Summary.Flags, apppatient.Flag{Kind: apppatient.FlagScale2})
		s.patient.Open(fixture.Sickest)
		s.shell.Go(shell.Patient)
		s.patient.Show(v)
	}},
	{"scale2-dialog", func(s *stage) {
		atChart(s)
		s.shell.Ask(ask.Scale2(lies(), "Dr Osei", nil))
	}},
	{"task-dialog", func(s *stage) {
		atChart(s)
		s.shell.Ask(ask.NewTask(lies(), nil))
	}},
	{"locked-by-other", func(s *stage) {
		v := chartView()
		h := fixture.Holder()
		st := v.Page.Sections[chart.Notes]
		st.Holder = &h
		st.Waiting = []chart.Holder{{Name: "Diaz, M"}, {Name: "Chen, A"}}
		v.Told = map[chart.Section]bool{chart.Notes: true}
		v.Page.Sections[chart.Notes] = st
		atBoard(s)
		s.patient.Open(fixture.Sickest)
		s.shell.Go(shell.Patient)
		s.patient.Show(v)
		s.patient.SetEdit(editing())
	}},
	{"alert", func(s *stage) { atBoard(s); s.alerts.FocusFirst() }},
	{"alerts-elsewhere", func(s *stage) {
		atBoard(s)
		a := fixture.Alerts()
		a.Open = a.Open[:4]
		a.Open[0].Now = alert.Whereabouts{Moved: true, Ward: "5A Surgery", Bed: "04"}
		a.Open[1].Now = alert.Whereabouts{Moved: true, Bed: "13"}
		a.Open[2].Now = alert.Whereabouts{Moved: true, Off: true}
		a.Open[3].Unidentified, a.Open[3].Unread = true, true
		s.alerts.Show(a)
	}},
	{"alerts-mine", func(s *stage) { atBoard(s); s.alerts.ShowTab(alerts.Mine) }},
	{"alert-storm", func(s *stage) { atBoard(s); s.alerts.Show(fixture.Storm()) }},
	{"lost-link", func(s *stage) {
		atBoard(s)
		v := boardView()
		v.Notice, v.NoticeRest = tongue.T("Last known values."),
			"Redis and the record have been away since 14:01. Check at the bedside before you act."
		for i := range v.Rows {
			v.Rows[i].Stale = v.Rows[i].Patient != ""
			v.Rows[i].Confirmed = fixture.Now.Add(-130e9)
		}
		s.board.Show(v)
		a := fixture.Alerts()
		a.DeafSince, a.DeafNext = fixture.Now.Add(-80e9),
			tongue.T("Tell the charge nurse and watch the patients themselves.")
		s.alerts.Show(a)
		head, rest := deaf()
		s.shell.SetStrip(widgets.Alarm, head, rest)
		t := top()
		t.Live = widgets.Link{Name: "Not live since 14:01", State: widgets.LinkDown}
		s.shell.SetTop(t)
		s.shell.SetStatus([]widgets.Link{{Name: "Redis", State: widgets.LinkDown, Text: "away since 14:01"},
			{Name: "Record", State: widgets.LinkDown, Text: "away since 14:01"},
			{Name: "Clock", State: widgets.LinkUp, Text: "+0.1 s"}}, "Board as of 14:01", version)
	}},
	{"sound-muted", func(s *stage) {
		atBoard(s)
		s.shell.SetSound(widgets.Sound{Text: "No sound: muted", Bad: true, Do: tongue.T("Check sound")})
		head, rest := mute()
		s.shell.SetStrip(widgets.Warn, head, rest)
	}},
	{"sound-paused", func(s *stage) {
		atBoard(s)
		s.shell.SetSound(widgets.Sound{Text: "Sound paused, 1:42 left", Do: tongue.T("Resume sound")})
	}},
	{"take-over", func(s *stage) {
		atChart(s)
		p, h := chartView().Page, fixture.Holder()
		h.Since = fixture.Now.Add(-5 * time.Minute)
		st := p.Sections[chart.Notes]
		st.Holder = &h
		p.Sections[chart.Notes] = st
		s.shell.Ask(ask.TakeOver(p, chart.Notes, nil))
	}},
	{"station", func(s *stage) { atBoard(s); s.station.Show(fixture.Station()); s.shell.Go(shell.Station) }},
	{"emergency-dialog", func(s *stage) {
		atBoard(s)
		s.shell.Ask(ask.Emergency(ward.Ward{ID: "5A", Name: "5A Surgery"}))
	}},
	{"policy", func(s *stage) {
		atBoard(s)
		s.shell.Ask(ask.Policy(fixture.Ward, alert.DefaultPolicy()))
	}},
	{"entered-in-error", func(s *stage) {
		atChart(s)
		s.shell.Ask(ask.InError(lies(), task.Task{Text: "Paracetamol", Dose: "1 g", Route: "PO",
			Closed: fixture.Now.Add(-12 * time.Minute)}, fixture.Now, nil))
	}},
	{"looks-after", func(s *stage) {
		atBoard(s)
		s.shell.Ask(ask.LooksAfter(boardView().Rows[0], []shell.Choice{{Text: "Diaz, Mia"}, {Text: "Khan, Bilal"},
			{Text: tongue.Tf("%s: take away", "Chen, Amy")}}))
	}},
	{"emergency", func(s *stage) {
		atBoard(s)
		t := top()
		t.User = "EMERGENCY 42 min · " + t.User
		s.shell.SetTop(t)
		s.shell.SetStrip(widgets.Warn, "Emergency access to 4B: 42 min left.",
			"All you open and write is recorded and reviewed.")
	}},
	{"demo", func(s *stage) {
		atBoard(s)
		s.shell.SetAlways("DEMO: nothing is kept, not for care.",
			"Invented patients. Sign in as achen (charge nurse) or mdiaz (nurse), password wardlight-demo.")
	}},
	{"alarm-load", func(s *stage) {
		atBoard(s)
		s.shell.Go(shell.Load)
		s.load.Show(fixture.Load())
	}},
	{"keys", func(s *stage) { atBoard(s); s.shell.ShowKeys() }},
	{"opening", func(s *stage) { atBoard(s); s.patient.Open(fixture.Second); s.shell.Go(shell.Patient) }},
	{"loading", func(s *stage) {
		atBoard(s)
		t := top()
		t.Loading = true
		s.shell.SetTop(t)
		s.board.Show(board.View{Snapshot: appboard.Snapshot{Loading: true}})
	}},
}

// deaf is what a station says that cannot hear.
func deaf() (head, rest string) {
	return "This station cannot hear alerts since 14:01:52.",
		tongue.T("Use another station until this line goes away, and tell the charge nurse.")
}

func mute() (head, rest string) {
	return "Nobody can hear this station: the sound is muted.",
		tongue.T("Turn the sound on, or use another station. Alerts are shown all the same.")
}

func unwatched() string {
	return tongue.Tf("This station now shows and sounds alerts of %s only, not of %s.", fixture.Ward.Name, "5A Surgery")
}

const version = "WS-4B-1 · Wardlight 0.3.0"

func links() []widgets.Link {
	return []widgets.Link{{Name: "Redis", State: widgets.LinkUp, Text: "under 10 ms"},
		{Name: "Record", State: widgets.LinkUp, Text: "under 10 ms"},
		{Name: "Clock", State: widgets.LinkUp, Text: "+0.1 s"}}
}

func atSignIn() signin.State {
	return signin.State{Site: fixture.Ward.Site, Ward: fixture.Ward.Name, Station: version,
		Links: []widgets.Link{{Name: "Redis", State: widgets.LinkUp}, {Name: "Record", State: widgets.LinkUp},
			{Name: "Keyring", State: widgets.LinkUp}}}
}

func top() widgets.Top {
	return widgets.Top{WardName: fixture.Ward.Name, Counts: fixture.Snapshot().Counts,
		User: fixture.User + " · Charge nurse",
		Live: widgets.Link{Name: "Live, heard 14:03", State: widgets.LinkUp}}
}

func boardView() board.View {
	snap := fixture.Snapshot()
	return board.View{Snapshot: snap, Rows: snap.Select(appboard.Query{}), Now: fixture.Now, Me: fixture.Me,
		MayEdit: true, MayAssign: true}
}

func atBoard(s *stage) {
	s.shell.SetTop(top())
	s.shell.SetSound(widgets.Sound{Text: "Sound checked 07:02", Do: tongue.T("Pause sound")})
	s.shell.SetStatus(links(), "Board as of 14:03", version)
	s.board.Show(boardView())
	s.board.Select(fixture.Sickest)
	s.alerts.Show(fixture.Alerts())
	s.shell.Go(shell.Board)
}

func chartView() patient.View {
	snap := fixture.Snapshot()
	return patient.View{Page: fixture.Chart(), Now: fixture.Now, MayEdit: true, MayGive: true, Me: fixture.Me,
		MayTakeOver: true, MayDecide: true, TwoInBed: snap.TwoIn(fixture.Sickest),
		Alike: snap.NameAlike(fixture.Sickest)}
}

func atChart(s *stage) {
	atBoard(s)
	s.shell.SetStatus(links(), "Chart as of 14:03", version)
	s.patient.Open(fixture.Sickest)
	s.shell.Go(shell.Patient)
	s.patient.Show(chartView())
}

func editing() patient.Edit {
	return patient.Edit{Patient: fixture.Sickest, Section: chart.Observations, Phase: patient.Editing, Now: fixture.Now,
		Draft: chart.Draft{Version: 10, Fields: map[string]string{"rr": "24", "spo2": "91", "oxygen": "air",
			"bp": "98/60", "pulse": "118", "acvpu": "A", "temp": "38,4"}}}
}

// look is a theme, a text scale and a window size.
type look struct {
	suffix string
	mode   theme.Mode
	scale  float32
	w, h   float32
	only   []string // story names; nil for all
}

var looks = []look{
	{"", theme.Day, 1, 1600, 1000, nil},
	{"-night", theme.Dark, 1, 1600, 1000, nil},
	{"-1280", theme.Day, 1, 1280, 800, nil},
	{"-1280-night", theme.Dark, 1, 1280, 800, []string{"sign-in", "board", "patient", "edit", "locked-by-other",
		"alert", "lost-link", "door-board", "door-board-list", "door-corrected", "door-chart"}},
	{"-text-200", theme.Day, 2, 1600, 1000,
		[]string{"alarm-load", "sound-muted", "sign-in", "board", "board-list", "board-monitors", "edit", "conflict",
			"take-over", "tasks", "note-sbar", "keys", "policy", "station", "alert-called-nurse", "alert-on-my-way",
			"alert-accept-all", "door-board", "door-board-list",
			"door-corrected", "door-chart", "door-partial"}},
	{"-1280-text-200", theme.Day, 2, 1280, 800, []string{"door-board", "door-chart", "door-partial"}},
	{"-1280-text-200-night", theme.Dark, 2, 1280, 800, []string{"door-board", "door-chart", "edit", "locked-deaf",
		"locked-mute", "covered-mute"}},
	{"-contrast", theme.Contrast, 1, 1600, 1000, []string{"board", "edit", "alert"}},
}

// draw writes the pictures that are wanted; with every, those too that a look
// leaves out.
func draw(out string, wanted func(name string) bool, every bool) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, l := range looks {
		for _, st := range stories {
			name := st.name + l.suffix
			if !every && l.only != nil && !has(l.only, st.name) || !wanted(name) {
				continue
			}
			if err := shoot(filepath.Join(out, name+".png"), l, st); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

func has(all []string, s string) bool {
	for _, a := range all {
		if a == s {
			return true
		}
	}
	return false
}

func shoot(path string, l look, st story) error {
	app := test.NewApp()
	defer app.Quit()
	app.Settings().SetTheme(theme.New(l.mode, l.scale))
	s := newStage(app)
	defer s.window.Close()
	s.window.Resize(fyne.NewSize(l.w, l.h))
	st.play(s)
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	withinScrollers(s.window)
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(f, s.window.Canvas().Capture()); err != nil {
		return err
	}
	return f.Close()
}

func newStage(app fyne.App) *stage {
	win := app.NewWindow("Wardlight")
	s := &stage{window: win, signin: signin.New(signin.Actions{}),
		board: board.New(board.Actions{Mine: func(string, bool) {}, Assign: func(string) {}}),
		patient: patient.New(patient.Actions{Save: func(chart.Draft) {}, Beside: func(string) {},
			Amend:     func(string, chart.Section, map[string]string) {},
			CloseTask: func(task.Task, task.Outcome) {}, TakeBackTask: func(task.Task) {}, AddTask: func(string) {},
			SetScale2: func(_, _ string) {}, EndScale2: func(apppatient.OxygenTarget) {}, NoteProblem: func(string) {},
			ResolveProblem: func(apppatient.Problem) {}}),
		alerts: alerts.New(alerts.Actions{}), load: alarmload.New(alarmload.Actions{}),
		station: station.New(station.Actions{Examine: func() {}, Sound: func() {}, Notify: func() {}})}
	s.shell = shell.New(win, shell.Screens{SignIn: s.signin, Board: s.board, Patient: s.patient, Alerts: s.alerts,
		Load: s.load, Station: s.station}, shell.Actions{})
	return s
}
