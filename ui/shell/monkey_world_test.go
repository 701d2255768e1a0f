package shell_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/alarmload"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/screen/board"
	screenpatient "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screen/signin"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// world is a ward on a clock of its own: rows change places, alerts come, go and are
// taken by others, answers come late or never. It stands behind the real screens and
// writes down what is asked of it.
type world struct {
	t    *testing.T
	rand *rand.Rand
	now  time.Time
	late []delivery // what comes to the window, and when

	screens shell.Screens
	shell   *shell.Shell
	window  fyne.Window
	person  *screentest.Person

	snap   appboard.Snapshot
	order  []string // patients by acuity
	query  appboard.Query
	alerts []widgets.Alert
	tasks  map[string][]task.Task // by patient
	mine   map[string]bool        // taken
	made   int                    // numbers what is made
	told   int                    // how often it was said that nothing was done

	acts, failed []act
}

type delivery struct {
	at time.Time
	do func()
}

// act is one thing that was asked for, and for whom or what: the words by which the
// screen names it.
type act struct{ verb, of string }

// surnames are alike enough for a quick search to meet several.
var surnames = []string{"ALDERSON", "ALDERTON", "ALDRIN", "BARKER", "BARLOW", "COLLIER", "DUNNE"}

func newWorld(t *testing.T, seed uint64) *world {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	w := &world{t: t, rand: rand.New(rand.NewPCG(seed, 17)), now: fixture.Now, window: test.NewTempWindow(t, nil),
		tasks: map[string][]task.Task{}, mine: map[string]bool{}}
	hand := widgets.Hand()
	*hand = widgets.NewHand()
	hand.Now = func() time.Time { return w.now }
	hand.After = func(d time.Duration, f func()) { w.late = append(w.late, delivery{w.now.Add(d), f}) }
	t.Cleanup(func() { *hand = widgets.NewHand() })
	w.build()
	w.screens = shell.Screens{
		Load: alarmload.New(alarmload.Actions{}), SignIn: signin.New(signin.Actions{}),
		Board: board.New(board.Actions{Open: w.open, Query: w.choose,
			Mine:   w.take,
			Assign: w.assign}),
		Patient: screenpatient.New(screenpatient.Actions{Back: w.back, Edit: w.edit,
			Discard: w.discard,
			Save: func(d chart.Draft) {
				w.did("save", w.surname(d.Patient))
				w.soon(func() { w.show(d.Patient, d.Section, screenpatient.Saved) })
			},
			CloseTask: w.closeTask}),
		Alerts: alerts.New(alerts.Actions{Accept: w.accept, Reject: w.reject, Forward: w.forward,
			Back: func(id string) { w.did("back", w.alertTag(id)) },
			End:  w.end, Open: func(_, id string) { w.open(id) }}),
	}
	w.shell = shell.New(w.window, w.screens, shell.Actions{})
	hand.Refused = func() { w.told++ }
	w.window.Resize(fyne.NewSize(1280, 800))
	w.person = &screentest.Person{Canvas: w.window.Canvas(), Nobody: widgets.Keyed{}}
	for range 4 {
		w.raise()
	}
	w.shell.Go(shell.Board)
	w.redraw()
	return w
}

// build makes a ward of a few patients, each with tasks.
func (w *world) build() {
	in := fixture.Input()
	in.Alerts, in.Editing, in.Beds = nil, nil, nil
	people := map[string]appboard.Known{}
	for i, name := range surnames {
		bed := fmt.Sprintf("%02d", i+1)
		k := in.Patients["p-"+[]string{"07", "12", "03", "19", "02", "16", "14"}[i]]
		k.Summary.Patient.ID, k.Summary.Patient.Surname, k.Summary.Patient.Given = "p"+bed, name, "Kim"
		k.Summary.Patient.MRN, k.Summary.Bed = "71000"+bed, bed
		for j := range k.Summary.Recent {
			k.Summary.Recent[j].Patient = "p" + bed
		}
		people["p"+bed] = k
		w.order = append(w.order, "p"+bed)
		in.Beds = append(in.Beds, ward.Bed{Ward: in.Ward.ID, Name: bed, Patient: "p" + bed})
		for range 3 {
			w.plan("p" + bed)
		}
	}
	in.Patients = people
	w.snap = appboard.Build(in)
}

func (w *world) plan(id string) {
	w.made++
	kind := []task.Kind{task.Medicine, task.Care}[w.made%2]
	w.tasks[id] = append(w.tasks[id], task.Task{ID: fmt.Sprint("t", w.made), Patient: id, Kind: kind,
		Text: fmt.Sprintf("T#%d", w.made), Due: w.now.Add(-time.Duration(w.rand.IntN(60)) * time.Minute), Made: w.now})
}

func (w *world) surname(id string) string {
	for _, r := range w.snap.Rows {
		if r.Patient == id {
			return r.Surname
		}
	}
	return ""
}

func (w *world) did(verb, of string) { w.acts = append(w.acts, act{verb, of}) }

// soon lets something come to the window within half a second.
func (w *world) soon(do func()) {
	w.late = append(w.late, delivery{w.now.Add(time.Duration(w.rand.IntN(500)) * time.Millisecond), do})
}

// pass lets time pass, with what comes meanwhile in its order. seen is told after each.
func (w *world) pass(d time.Duration, seen func()) {
	end := w.now.Add(d)
	for {
		next := -1
		for i, l := range w.late {
			if !l.at.After(end) && (next < 0 || l.at.Before(w.late[next].at)) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		l := w.late[next]
		w.late = slices.Delete(w.late, next, next+1)
		if l.at.After(w.now) {
			w.now = l.at
		}
		widgets.Hand().Aside(l.do)
		seen()
	}
	w.now = end
}

// redraw shows board and alerts as they are now.
func (w *world) redraw() {
	q := w.query
	rows := w.snap.Select(q)
	slices.SortFunc(rows, func(a, b appboard.Row) int {
		return slices.Index(w.order, a.Patient) - slices.Index(w.order, b.Patient)
	})
	w.screens.Board.Show(board.View{Snapshot: w.snap, Rows: rows, Query: q, Now: w.now, MayEdit: true, MayAssign: true,
		Me: fixture.Me})
	v := alerts.View{Now: w.now, Station: "WS-1", Open: slices.Clone(w.alerts)}
	w.screens.Alerts.Show(v)
}

func (w *world) choose(q appboard.Query) {
	w.soon(func() {
		w.query = q
		w.redraw()
	})
}

func (w *world) open(id string) {
	if w.shell.Place() == shell.Patient && w.screens.Patient.Opened() == id {
		return
	}
	w.did("open", w.surname(id))
	w.query.Text = ""
	w.screens.Board.EndSearch()
	w.screens.Patient.Open(id)
	w.shell.Go(shell.Patient)
	w.soon(func() { w.redraw(); w.page(id) })
}

// back leaves the chart: the same one may be opened anew.
func (w *world) back() {
	w.failed = append(w.failed, act{"open", w.surname(w.screens.Patient.Opened())})
	w.shell.Go(shell.Board)
}

func (w *world) page(id string) {
	i := slices.IndexFunc(w.snap.Rows, func(r appboard.Row) bool { return r.Patient == id })
	if i < 0 {
		return
	}
	p := chart.Page{Summary: patient.Summary{Patient: patient.Patient{ID: id, Surname: w.surname(id), Given: "Kim",
		MRN: w.snap.Rows[i].MRN, Born: fixture.Now.AddDate(-60, 0, 0)}, Bed: w.snap.Rows[i].Bed},
		Confirmed: w.now, Sections: map[chart.Section]chart.SectionState{}, Tasks: slices.Clone(w.tasks[id])}
	w.screens.Patient.Show(screenpatient.View{Page: p, Now: w.now, MayEdit: true})
}

func (w *world) show(id string, s chart.Section, p screenpatient.Phase) {
	w.screens.Patient.SetEdit(screenpatient.Edit{Patient: id, Section: s, Phase: p, Now: w.now,
		Draft: chart.Draft{Patient: id, Section: s, Fields: map[string]string{}}})
}

func (w *world) edit(id string, s chart.Section) {
	w.did("edit "+string(s), w.surname(id))
	w.soon(func() {
		w.show(id, s, screenpatient.Taking)
		w.soon(func() { w.show(id, s, screenpatient.Editing) })
	})
}

// discard throws away what was typed, once it was asked about; where nothing was, at once.
func (w *world) discard(id string, s chart.Section) {
	of := w.surname(id)
	gone := func() {
		w.did("discard "+string(s), of)
		w.show(id, s, screenpatient.Reading)
	}
	lost := ask.Lost(w.screens.Patient.Draft(s), nil)
	if len(lost) == 0 {
		gone()
		return
	}
	w.shell.Ask(ask.Discard(w.screens.Patient.Patient(), s, lost, gone, func() { w.screens.Patient.GoOn(s) }))
}

// take gives a patient to the nurse, or back, once: the foot says so later.
func (w *world) take(id string, take bool) {
	if w.mine[id] == take {
		return
	}
	w.did("mine", w.surname(id))
	w.mine[id] = take
	w.soon(func() {
		w.snap.Rows = slices.Clone(w.snap.Rows)
		i := slices.IndexFunc(w.snap.Rows, func(r appboard.Row) bool { return r.Patient == id })
		w.snap.Rows[i].Nurses = nil
		if w.mine[id] {
			w.snap.Rows[i].Nurses = []appboard.Nurse{{ID: fixture.Me, Name: "Chen, A"}}
		}
		w.redraw()
	})
}

func (w *world) assign(id string) {
	of := w.surname(id)
	w.soon(func() {
		if w.shell.Place() == shell.Board {
			w.shell.Ask(shell.Dialog{Title: "Who looks after " + of + "?", Cancel: "Cancel", Choices: []shell.Choice{
				{Text: "Nurse One", Do: func() { w.did("assign", of) }},
				{Text: "Nurse Two", Do: func() { w.did("assign", of) }}}})
		}
	})
}

// closeTask ends a task once, as the record does.
func (w *world) closeTask(t task.Task, how task.Outcome) {
	end := func(string) {
		i := slices.IndexFunc(w.tasks[t.Patient], func(x task.Task) bool { return x.ID == t.ID && x.IsOpen() })
		if i < 0 {
			return
		}
		w.did("task", t.Text)
		w.tasks[t.Patient] = slices.Clone(w.tasks[t.Patient])
		w.tasks[t.Patient][i].Outcome, w.tasks[t.Patient][i].Closed = how, w.now
		w.soon(func() { w.page(t.Patient) })
	}
	if how == task.Done {
		end("")
		return
	}
	w.shell.Ask(shell.Dialog{Title: "Not done?", Text: t.Text, Reason: "Why", Confirm: "Not done", Cancel: "Cancel",
		OnConfirm: end})
}

func (w *world) alertTag(id string) string {
	for _, a := range w.alerts {
		if a.Alert.ID == id {
			return strings.Fields(a.Alert.Text)[0]
		}
	}
	return "?"
}
