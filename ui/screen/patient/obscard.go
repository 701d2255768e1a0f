package patient

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// obsCard is the observations: read as a table, or entered in a form that scores
// while one types.
type obsCard struct {
	s    *Screen
	edit Edit
	view View

	amends string // the set that is being corrected; "": a new one is entered
	// typed is when what stands here was begun, zero while nothing does; ago is when
	// the time of taking was typed.
	typed, ago time.Time
	// moment is what the time of taking stands for that was put there, as [obsform.Read]
	// reads it; its face is what is shown. "" once a hand has changed it.
	moment string
	offer  *timeOffer

	head    *sectionHead
	fix     *correction    // the newest set
	fixOwn  *correction    // the person's own below it
	scale   *widgets.Label // which SpO2 scale, and why
	scaleDo *widgets.Button
	table   *setTable
	form    *fyne.Container
	fields  map[string]*widgets.ObsField
	wrote   string // the field in which something was typed last
	order   []string
	wrong   map[string]string
	// unusual is what can be true and seldom is. asked is, by field, the text that the nurse of
	// this form was asked about: saving it once more is her answer, for that text alone.
	unusual map[string]string
	asked   map[string]string

	badge           *widgets.Badge
	verdict, advice *widgets.Label
	total           *fyne.Container
	glimpse         *glimpse
	buttons         *formButtons
	panel           *widgets.Panel
}

func newObsCard(s *Screen) *obsCard {
	c := &obsCard{s: s, fields: map[string]*widgets.ObsField{}, order: obsform.Fields}
	c.head = newSectionHead(s, chart.Observations)
	c.table = newSetTable(5)
	add := func(name string, f *widgets.ObsField) fyne.CanvasObject {
		f.OnChange = func() { c.wrote = name; c.write(name) }
		c.fields[name] = f
		return f
	}
	reasons, whys := []string{}, []string{}
	for _, n := range vitals.NotDoneReasons {
		t := n.Text()
		reasons, whys = append(reasons, upperFirst(t)), append(whys, string(n))
	}
	c.offer = newTimeOffer("obs.time", func(at string) string { return tongue.Tf("Taken %s", at) }, c.pickTime,
		c.afterOffer)
	c.form = widgets.Col(5,
		add(obsform.RR, widgets.NewObsField("obs.rr", tongue.T("Respiration"), "/min", "")),
		add(obsform.SpO2, widgets.NewObsField("obs.spo2", tongue.T("SpO₂ scale 1"), "%", "")),
		add(obsform.Oxygen, widgets.NewObsChoice("obs.oxygen", tongue.T("Air or oxygen"),
			[]string{tongue.T("Air"), tongue.T("Oxygen")}, []string{obsform.OnAir, obsform.OnOxygen})),
		add(obsform.BP, widgets.NewObsField("obs.bp", tongue.T("Blood pressure"), "mmHg",
			tongue.T("sys/dia"))),
		add(obsform.Pulse, widgets.NewObsField("obs.pulse", tongue.T("Pulse"), "/min", "")),
		add(obsform.ACVPU, widgets.NewObsChoice("obs.acvpu", tongue.T("Consciousness"),
			[]string{"A", "C", "V", "P", "U"}, []string{"A", "C", "V", "P", "U"})),
		add(obsform.Temp, widgets.NewObsField("obs.temp", tongue.T("Temperature"), "°C", "")),
		add(obsform.Taken,
			widgets.NewObsField("obs.taken", tongue.T("Taken at"), tongue.T("or -20"), tongue.T("now")).HidePoints()),
		c.offer.box,
		add(obsform.NotDone,
			widgets.NewObsChoice("obs.notdone", tongue.T("Not all done"), reasons,
				whys).HidePoints().Optional().Broad()))
	c.fields[obsform.Taken].OnEnter, c.fields[obsform.NotDone].OnEnter = c.afterTaken, c.toSave
	c.badge = widgets.NewBadge(board.Badge{Text: "–"}, 1.4)
	c.verdict = widgets.Text("", 14, theme.Bold, theme.Ink).Wrapped()
	c.advice = widgets.Text("", 12.5, theme.Regular, theme.Muted).Wrapped()
	c.total = widgets.Col(9, widgets.NewRule(),
		widgets.Row(12, c.badge, widgets.Grow(widgets.Col(1, c.verdict, c.advice))))
	c.fix, c.fixOwn = newCorrections(s)
	c.scale = widgets.Text("", 12.5, theme.Regular, theme.Muted).Wrapped()
	c.scaleDo = widgets.NewButton(widgets.Quiet, tongue.T("Scale 2…"), "", c.decide).Compact().Named("patient.scale2")
	c.buttons = newFormButtons("patient", s.tries(chart.Observations, c.save))
	all := widgets.Col(8, c.head.box, c.table.box, widgets.Row(8, widgets.Grow(c.scale), c.scaleDo),
		widgets.Flow(8, 4, c.fix.button, c.fixOwn.button), c.form, c.total)
	c.panel = widgets.NewPanel(11, 14, 12, 14, all)
	c.glimpse = newGlimpse(c.buttons)
	all.Add(s.scroll.AfloatFor(c.panel, c.glimpse.box, c.total, c.glimpse.turn, c.glimpse.lid))
	c.reset()
	return c
}

// reset forgets everything of a patient.
func (c *obsCard) reset() {
	c.view, c.edit, c.wrong, c.amends = View{}, Edit{}, nil, ""
	c.typed, c.ago = time.Time{}, time.Time{}
	c.clear()
	c.scale.Set("")
	c.table.set(nil, nil, false, false, time.Time{})
	c.arrange()
}

func (c *obsCard) clear() {
	for _, f := range c.fields {
		f.SetRaw("")
		f.SetScore(-1, "", false)
	}
	c.moment, c.wrote, c.asked = "", "", map[string]string{}
	c.offer.reset()
}

func (c *obsCard) scale2() bool { return c.view.scoring().Scale2 }

func (c *obsCard) setView(v View) {
	c.view = v
	scored := v.scoring().Applies()
	c.fields[obsform.SpO2].SetLabel(v.scoring().Scale())
	text, two := scaleText(v)
	c.scale.Set(text)
	c.scaleDo.Set(tongue.T("Record scale 2…"))
	if two {
		c.scaleDo.Set(tongue.T("End scale 2…"))
	}
	c.table.set(v.Page.Observations, v.stay(), scored, v.Page.Stale, v.Now)
	c.score()
	c.arrange()
}

func (c *obsCard) setEdit(e Edit) {
	was := c.edit
	fill := e.Phase.form() && (!was.Phase.form() || (!e.Phase.typing() && c.empty()))
	if was.Phase.form() && e.Phase.form() && e.Draft.Version == 0 {
		e.Draft.Version = was.Draft.Version
	}
	if was.Phase.form() && e.Phase.form() && e.Draft.Fields == nil {
		e.Draft.Fields = was.Draft.Fields
	}
	c.edit = e
	switch {
	case fill:
		c.clear()
		c.amends, c.typed = e.Draft.Fields[AmendsField], e.Draft.Typed
		for name, f := range c.fields {
			f.SetRaw(e.Draft.Fields[name])
		}
		now := c.now()
		c.setTaken(obsform.Anew(e.Draft.Fields[obsform.Taken], e.Draft.Saved, now, tongue.Zone()))
		c.ago = now
	case !e.Phase.form():
		c.clear()
		c.amends, c.typed = "", time.Time{}
	case e.Amends != "": // what was typed turned out to be a change of what is saved
		c.amends = e.Amends
	}
	c.score()
	c.arrange()
	if c.s.waitsElsewhere(chart.Observations) {
		return
	}
	if was.Phase.form() && !e.Phase.form() {
		c.s.Focus()
	}
	if e.Phase == Editing && !was.Phase.form() {
		widgets.Focus(c.fields[obsform.RR].Input())
	}
}

func (c *obsCard) empty() bool { return c.s.Draft(chart.Observations).Empty() }

func (c *obsCard) arrange() {
	form := c.edit.Phase.form()
	// In a conflict the two sides stand on a card of their own.
	fields := form && c.edit.Phase != Conflict
	c.form.Hidden, c.total.Hidden, c.table.box.Hidden = !fields, !fields, form
	for _, f := range c.fields {
		f.SetReadOnly(!c.edit.Phase.typing())
	}
	c.offer.setEnabled(c.maySave())
	title := tongue.T("Observations")
	if form {
		title = tongue.T("New observations")
		if c.amends != "" {
			title = c.s.amendTitle(chart.Observations)
		}
	}
	scored := c.view.scoring().Applies()
	// When a set was taken is who it is; a correction changes what was measured.
	c.fields[obsform.Taken].Hidden = c.amends != ""
	idle := !scored && !c.scale2() // NEWS2 is not for this patient, and neither are its scales
	c.scale.Hidden = !c.s.shown || idle
	c.scaleDo.Hidden = form || idle || !c.view.MayDecide || c.s.actions.SetScale2 == nil
	for _, fix := range []*correction{c.fix, c.fixOwn} {
		fix.show(c.view, !form && c.view.MayEdit && c.s.actions.Amend != nil)
	}
	c.head.set(c.view, c.edit, title, sectionNote(c.view, chart.Observations))
	c.buttons.set(c.edit, c.view.Page.Summary.Patient, heldByAnother(c.view, chart.Observations), c.adds(),
		c.amends != "")
	c.glimpse.arrange(fields && scored)
}

// score reads the form and shows points, reasons and the total. It is the table
// of app/vitals at work, nothing of its own.
func (c *obsCard) score() {
	if !c.edit.Phase.form() {
		return
	}
	now := c.now()
	raw := c.s.Draft(chart.Observations).Fields
	r := obsform.Read(raw, c.scale2(), now, tongue.Zone())
	c.wrong = r.Wrong
	c.unusual = r.Unusual
	if c.amends != "" {
		delete(c.unusual, obsform.Taken) // it is the set's own, and hidden
	}
	// An adult's points beside a child's pulse say the wrong thing about it.
	scored := c.view.scoring().Applies()
	show := func(name string, p vitals.Parameter) {
		points, reason := -1, r.Wrong[name]
		if reason == "" && scored {
			reason = obsform.Reason(p, r.Observation)
			if r.Score.Points[p].Measured {
				points = r.Score.Points[p].Points
			}
		}
		c.fields[name].SetScore(points, reason, r.Wrong[name] != "")
	}
	show(obsform.RR, vitals.RR)
	show(obsform.SpO2, vitals.SpO2)
	show(obsform.Oxygen, vitals.Oxygen)
	show(obsform.BP, vitals.SBP)
	show(obsform.Pulse, vitals.Pulse)
	show(obsform.ACVPU, vitals.ACVPU)
	show(obsform.Temp, vitals.Temp)
	c.fields[obsform.Taken].SetScore(-1, takenHint(r, raw[obsform.Taken], now), r.Wrong[obsform.Taken] != "")
	for name, question := range r.Unusual { // of every field: Save asks no other way
		if r.Wrong[name] == "" {
			c.fields[name].SetUnusual(question)
		}
	}
	c.offerTime(raw, now)
	c.showTotal(r)
	if w := c.form.Size().Width; w > 0 && widgets.HeightFor(c.form, w) != c.form.Size().Height {
		c.s.content.Refresh() // a hint has a line of its own now, or none
	}
}

func takenHint(r obsform.Reading, raw string, now time.Time) string {
	switch {
	case r.Wrong[obsform.Taken] != "":
		return r.Wrong[obsform.Taken]
	case strings.TrimSpace(raw) == "":
		return tongue.Tf("now, %s", tongue.Clock(now))
	}
	return tongue.Tf("%s, %s ago", tongue.Moment(r.Observation.Taken, now), board.Span(now.Sub(r.Observation.Taken)))
}

func (c *obsCard) showTotal(r obsform.Reading) {
	if s := c.view.scoring(); !s.Applies() {
		c.setBadge(board.Badge{Text: "–", Why: s.Reason()})
		c.verdict.Set(tongue.T("No early-warning score."))
		c.advice.Set(tongue.Tf("%s. Use the ward's chart for this patient.", s.Reason()))
		return
	}
	if !r.Observation.Measured() {
		c.setBadge(board.Badge{Text: "–"})
		title, rest := riskWords(r.Score)
		c.verdict.Set(title)
		c.advice.Set(rest)
		return
	}
	raised, sets := c.saved(r.Observation)
	badge := board.BadgeOf(raised, sets)
	title, rest := raisedWords(raised, badge)
	if raised.Stands {
		rest = strings.TrimSpace(
			tongue.Tf("The last complete set, from %s, still stands: not all seven are measured here.",
				tongue.Moment(raised.Set.Taken, c.now())) + " " + rest)
	}
	c.setBadge(badge)
	c.verdict.Set(title)
	c.advice.Set(rest)
}

// setBadge shows the score at the end of the form, and beside Save.
func (c *obsCard) setBadge(b board.Badge) {
	c.badge.Set(b)
	c.glimpse.badge.Set(b)
}

func upperFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// decide asks for a prescriber's decision, or for the end of the one that is shown.
func (c *obsCard) decide() {
	holds, _ := c.view.Page.Scale2()
	holds.Patient = c.s.opened
	switch {
	case !c.s.shown || !c.view.MayDecide:
	case c.scale2() && c.s.actions.EndScale2 != nil:
		c.s.actions.EndScale2(holds)
	case !c.scale2() && c.s.actions.SetScale2 != nil:
		c.s.actions.SetScale2(c.s.opened, holds.ID)
	}
}
