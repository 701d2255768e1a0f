package main

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	apppatient "github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// states are the screens in the states that a ward seldom sees and that must hold
// all the same: nothing there, too much there, names of all the world.
var states = []story{
	{"board-empty", func(s *stage) { show(s, onlyFree(), appboard.Query{}) }},
	{"board-mine-none", func(s *stage) {
		atBoard(s)
		v := boardView()
		v.Rows, v.Me = nil, "nobody"
		s.board.SetQuery(appboard.Query{Filter: appboard.Mine})
		s.board.Show(v)
	}},
	{"board-bed-typed", func(s *stage) {
		atBoard(s)
		q := appboard.Query{Text: "13"}
		v := boardView()
		v.Query, v.Rows = q, v.Snapshot.Select(q)
		s.board.SetQuery(q)
		s.board.Show(v)
		s.board.FocusSearch()
		s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.shell.Say(tongue.Tf("No chart was opened: bed %s is empty.", q.Text),
			tongue.T("Check the bed, or type more of the name or number."))
	}},
	{"board-may-not", func(s *stage) {
		atBoard(s)
		t, v := top(), boardView()
		t.User, v.MayAssign = "Osei, Kwame · Nurse", false
		s.shell.SetTop(t)
		s.board.Show(v)
		m := words.Unassigned(false)
		s.shell.Say(m.What, m.Next)
	}},
	{"board-long-ward", func(s *stage) {
		atBoard(s)
		t := top()
		t.WardName = "Intensivstation für Brandverletzte und Intermediate Care, Haus 4"
		s.shell.SetTop(t)
	}},
	{"board-scrolled", func(s *stage) { atBoard(s); scrollBeds(s) }},
	{"board-initials", func(s *stage) {
		atBoard(s)
		v := boardView()
		v.Snapshot = v.Snapshot.InInitials()
		v.Rows = v.Snapshot.Select(appboard.Query{})
		v.Notice, v.NoticeRest = tongue.T("Names are hidden."),
			tongue.T("Ctrl I shows them again. Charts do not open meanwhile.")
		v.MayEdit, v.MayAssign = false, false
		s.board.Show(v)
		a := fixture.Alerts()
		for i := range a.Open {
			c := &a.Open[i]
			if c.Alert.Patient != "" {
				c.Alert.Text = tongue.Tf("Bed %s, %s: %s", c.Alert.Bed, appboard.Initials(c.Given, c.Surname),
					c.Alert.Text)
			}
			c.Alert.Patient, c.Surname, c.Given, c.MRN, c.Born, c.May = "", "", "", "", time.Time{}, alert.Rights{}
		}
		s.alerts.Show(a)
	}},
	{"board-monitors", func(s *stage) { show(s, monitored(), appboard.Query{}) }},
	{"board-monitors-list", func(s *stage) { s.board.SetList(true); show(s, monitored(), appboard.Query{}) }},
	{"board-storm", func(s *stage) {
		in := fixture.Input()
		for id := range in.Patients {
			in.Alerts[id] = alert.High
		}
		show(s, appboard.Build(in), appboard.Query{})
		a := fixture.Alerts()
		first := a.Open[0]
		for i := range 30 {
			c := first
			c.Alert.ID = fmt.Sprint("storm", i)
			a.Open = append(a.Open, c)
		}
		s.alerts.Show(a)
	}},
	{"board-names", func(s *stage) { show(s, named(), appboard.Query{}) }},
	{"board-names-list", func(s *stage) { s.board.SetList(true); show(s, named(), appboard.Query{}) }},
	{"board-unread", func(s *stage) {
		in := fixture.Input()
		for _, id := range []string{fixture.Sickest, fixture.Second, "p-03"} {
			delete(in.Patients, id)
		}
		show(s, appboard.Build(in), appboard.Query{})
	}},
	{"patient-error", func(s *stage) {
		atBoard(s)
		s.patient.Open(fixture.Second)
		s.shell.Go(shell.Patient)
		s.patient.Failed(fixture.Second,
			"The record cannot be reached, and this station has no copy of the chart. Use paper, and tell IT.")
	}},
	{"patient-stale", func(s *stage) {
		atChart(s)
		v := chartView()
		v.Page.Stale, v.Page.FromCache, v.Page.Confirmed = true, true, fixture.Now.Add(-7*time.Minute)
		s.patient.Show(v)
	}},
	{"patient-after-midnight", func(s *stage) {
		atChart(s)
		v := chartView()
		v.Now = fixture.Now.Add(12 * time.Hour)
		s.patient.Show(v)
	}},
	{"patient-week", func(s *stage) {
		atChart(s)
		s.patient.ShowSpan(2)
	}},
	{"patient-new", func(s *stage) {
		atBoard(s)
		p := chart.Page{Confirmed: fixture.Now, Sections: map[chart.Section]chart.SectionState{},
			Summary: apppatient.Summary{
				Patient: apppatient.Patient{ID: "new", Surname: "Ito", Given: "Ken", MRN: "7100001"}, Ward: "4B",
				Bed: "10"}}
		s.patient.Open("new")
		s.shell.Go(shell.Patient)
		s.patient.Show(patient.View{Page: p, Now: fixture.Now, MayEdit: true})
	}},
	{"patient-names", func(s *stage) {
		atBoard(s)
		p := fixture.Chart()
		p.Summary.Patient.Surname, p.Summary.Patient.Given = longest, "محمد عبد الرحمن 王小明"
		s.patient.Open(fixture.Sickest)
		s.shell.Go(shell.Patient)
		s.patient.Show(patient.View{Page: p, Now: fixture.Now, MayEdit: true})
		s.patient.SetEdit(editing())
	}},
	{"patient-child", func(s *stage) {
		atBoard(s)
		p := fixture.Chart()
		p.Summary.Patient.Born = fixture.Now.AddDate(-9, 0, 0)
		s.patient.Open(fixture.Sickest)
		s.shell.Go(shell.Patient)
		s.patient.Show(patient.View{Page: p, Now: fixture.Now, MayEdit: true})
		s.patient.SetEdit(editing())
	}},
	{"patient-infant", func(s *stage) {
		showChart(s, func(v *patient.View) {
			v.Page.Summary.Patient.Born, v.Page.Summary.Patient.Sex = fixture.Now.AddDate(0, -7, -3), apppatient.Unknown
		})
	}},
	{"patient-pregnant", func(s *stage) {
		showChart(s, func(v *patient.View) {
			v.Page.Summary.Patient.Born = fixture.Now.AddDate(-31, 0, 0)
			v.Page.Summary.Patient.Pregnant = true
		})
		s.patient.ShowTab(patient.Summary)
	}},
	{"patient-discharged", func(s *stage) {
		showChart(s, func(v *patient.View) {
			v.Page.Summary.Ward, v.Page.Summary.Bed = "", ""
			v.Page.Summary.Left = fixture.Now.Add(-14 * time.Minute)
			v.Gone = v.Page.Summary.GoneFrom("4B").Text("", fixture.Now)
		})
	}},
	{"patient-moved", func(s *stage) {
		showChart(s, func(v *patient.View) {
			v.Page.Summary.Ward, v.Page.Summary.Bed = "5A", "11"
			v.Gone = apppatient.Gone{State: apppatient.Moved, Ward: "5A", At: fixture.Now.Add(-90 * time.Minute)}.Text(
				"5A Surgery", fixture.Now)
		})
		s.shell.Ask(lateEntry())
	}},
	{"patient-died", func(s *stage) {
		showChart(s, func(v *patient.View) {
			p := &v.Page.Summary.Patient
			p.Deceased, p.Died = true, fixture.Now.Add(-20*time.Minute)
			v.Gone = v.Page.Summary.GoneFrom("4B").Text("", fixture.Now)
		})
	}},
	{"edit-strip", func(s *stage) {
		atChart(s)
		head, rest := mute()
		s.shell.SetStrip(widgets.Warn, head, rest)
		s.patient.SetEdit(editing())
	}},
	{"edit-stale", func(s *stage) {
		atChart(s)
		v := chartView()
		v.Page.Stale, v.Page.FromCache, v.Page.Confirmed = true, true, fixture.Now.Add(-7*time.Minute)
		s.patient.Show(v)
		s.patient.SetEdit(editing())
	}},
	{"edit-incomplete", func(s *stage) {
		atChart(s)
		e := editing()
		e.Draft.Fields = map[string]string{"rr": "4", "spo2": "88", "temp": "24,5", "bp": "60/98", "taken": "-45",
			"notdone": "refused"}
		s.patient.SetEdit(e)
	}},
	{"note-sbar", func(s *stage) {
		atChart(s)
		s.patient.ShowTab(patient.Notes)
		s.patient.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Notes, Phase: patient.Editing,
			Now: fixture.Now,
			Draft: chart.Draft{Version: 3,
				Fields: map[string]string{patient.NoteField: "More breathless than at noon."}}})
		s.patient.Template()
	}},
	{"note-change", func(s *stage) {
		atChart(s)
		n := fixture.Chart().Notes[1]
		s.patient.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Notes, Phase: patient.Editing,
			Now: fixture.Now,
			Draft: chart.Draft{Version: 3,
				Fields: map[string]string{patient.NoteField: n.Text, patient.AmendsField: n.ID}}})
	}},
	{"covered", func(s *stage) { atBoard(s); s.shell.Cover(covering()) }},
	{"covered-mute", func(s *stage) {
		atBoard(s)
		c := covering()
		c.Mute, c.MuteNext = mute()
		s.shell.Cover(c)
	}},
	{"covered-calm", func(s *stage) {
		atBoard(s)
		c := covering()
		c.Alerts = alert.Wall{Ward: fixture.Ward.Name}
		s.shell.Cover(c)
	}},
	{"covered-deaf", func(s *stage) {
		atBoard(s)
		c := covering()
		c.Deaf, c.DeafNext = deaf()
		s.shell.Cover(c)
	}},
	{"covered-other-ward", func(s *stage) {
		atBoard(s)
		c := covering()
		c.Alerts, c.Unwatched = fixture.WallOfStorm(), unwatched()
		c.Mute, c.MuteNext = mute()
		s.shell.Cover(c)
	}},
	{"covered-other-ward-calm", func(s *stage) {
		atBoard(s)
		c := covering()
		c.Alerts, c.Unwatched = alert.Wall{Ward: fixture.Ward.Name}, unwatched()
		s.shell.Cover(c)
	}},
	{"covered-storm", func(s *stage) {
		atBoard(s)
		c := covering()
		c.Alerts = fixture.WallOfStorm()
		s.shell.Cover(c)
	}},
	{"all-marks", func(s *stage) {
		defer fixture.MakeHard(fixture.Hard)
		fixture.MakeHard(true)
		show(s, fixture.Snapshot(), appboard.Query{})
	}},
	{"all-marks-list", func(s *stage) {
		defer fixture.MakeHard(fixture.Hard)
		fixture.MakeHard(true)
		s.board.SetList(true)
		show(s, fixture.Snapshot(), appboard.Query{})
	}},
	{"all-marks-chart", func(s *stage) {
		defer fixture.MakeHard(fixture.Hard)
		fixture.MakeHard(true)
		atChart(s)
	}},
	{"unobserved", func(s *stage) {
		atBoard(s)
		p := fixture.Unobserved()
		s.patient.Open(p.Summary.Patient.ID)
		s.shell.Go(shell.Patient)
		s.patient.Show(patient.View{Page: p, Now: fixture.Now, MayEdit: true})
		s.patient.ShowTab(patient.Summary)
	}},
	{"commands", func(s *stage) { atBoard(s); s.shell.ShowCommands() }},
	{"commands-nobody", func(s *stage) {
		atBoard(s)
		s.shell.ShowCommands()
		for _, r := range "okoye" {
			s.window.Canvas().Focused().TypedRune(r)
		}
	}},
	{"wards", func(s *stage) {
		atBoard(s)
		var choices []shell.Choice
		for i := range 30 {
			choices = append(choices,
				shell.Choice{Text: fmt.Sprintf("%d%c %s", 4+i/4, 'A'+i%4,
					[]string{"Medicine", "Surgery", "Stroke unit", "Older people"}[i%4])})
		}
		s.shell.Ask(ask.Wards(choices))
	}},
}

// covering is what the cover says while alerts are open.
func covering() shell.Covering {
	return shell.Covering{Text: tongue.T("Press any key, or click."), Alerts: fixture.Wall()}
}

// monitored is the ward with bedside monitors: most of them alive, one that lost a
// probe, one that fell silent, one that has been for long.
func monitored() appboard.Snapshot {
	in := fixture.Input()
	in.Monitor = map[string][]appboard.Reading{}
	for n, b := range in.Beds {
		if b.Patient == "" || n%4 == 3 {
			continue
		}
		hr, spo2 := 5*time.Second, 5*time.Second
		switch n {
		case 1:
			spo2 = 95 * time.Second
		case 2:
			hr, spo2 = 50*time.Second, 50*time.Second
		case 4:
			hr, spo2 = time.Hour, time.Hour
		case 5:
			hr, spo2 = 20*time.Second, 20*time.Second
		}
		in.Monitor[b.Patient] = []appboard.Reading{
			{Reading: vitals.Reading{Sign: vitals.HeartRate, Value: float64(121 - 3*n)}, Age: hr},
			{Reading: vitals.Reading{Sign: vitals.Saturation, Value: float64(90 + n/3)}, Age: spo2}}
	}
	return appboard.Build(in)
}

func init() { stories = append(stories, states...) }

const longest = "Wolfeschlegelsteinhausenbergerdorff-Vandenberghe de la Torre y Quiñones"

func show(s *stage, snap appboard.Snapshot, q appboard.Query) {
	atBoard(s)
	s.board.Show(board.View{Snapshot: snap, Rows: snap.Select(q), Now: fixture.Now, Me: fixture.Me, MayEdit: true,
		MayAssign: true})
	t := top()
	t.Counts = snap.Counts
	s.shell.SetTop(t)
}

func onlyFree() appboard.Snapshot {
	in := appboard.Input{Ward: fixture.Ward, Now: fixture.Now}
	for i := range 12 {
		in.Beds = append(in.Beds, ward.Bed{Ward: fixture.Ward.ID, Name: fmt.Sprintf("%02d", i+1),
			State: []ward.BedState{ward.BedFree, ward.BedCleaning, ward.BedClosed}[i%3]})
	}
	return appboard.Build(in)
}

// named is the ward with names that are long, foreign, alike or missing.
func named() appboard.Snapshot {
	in := fixture.Input()
	names := [][2]string{{longest, "Maximilian-Alexander"}, {"عبد الرحمن", "محمد"}, {"王", "小明"},
		{"Nguyễn-Phước", "Thị Minh Khai"}, {"김", "철수"},
		{"O'Brien", "Áine"}, {"OBrien", "Aine"}, {"Smith-Featherstonehaugh", "Alexandra"},
		{"Smith-Featherstonehaugh", "Alexander"}, {"Ruiz de la Fuente", "María del Pilar"}, {"", ""},
		{"Ødegård", "Åse"}, {"Иванова", "Ольга"},
		{"Σπύρου", "Ελένη"}, {strings.Repeat("W", 60), "W"}}
	i := 0
	for _, b := range in.Beds {
		k, ok := in.Patients[b.Patient]
		if !ok || i >= len(names) {
			continue
		}
		k.Summary.Patient.Surname, k.Summary.Patient.Given = names[i][0], names[i][1]
		in.Patients[b.Patient] = k
		i++
	}
	return appboard.Build(in)
}
