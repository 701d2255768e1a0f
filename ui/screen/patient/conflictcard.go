package patient

import (
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// conflictCard sets what was, what is and what this nurse typed side by side, and
// lets her choose field by field. Nothing is chosen for her but her own text, and
// nothing is saved that she has not seen.
type conflictCard struct {
	s       *Screen
	section chart.Section
	edit    Edit
	sides   *Sides
	rows    []*sideRow

	title, heads *widgets.Label
	strip        *widgets.Strip
	names        *fyne.Container
	list         *fyne.Container
	same, total  *widgets.Label
	problem      *widgets.Label
	ruler        *widgets.Segmented // measures, and is never shown
	save         *widgets.Button
	theirs, mine *widgets.Button
	discard      *widgets.Button
	panel        *widgets.Panel
}

// The choices of a field.
const (
	keepTheirs = iota
	keepMine
	merge
)

func newConflictCard(s *Screen, section chart.Section) *conflictCard {
	name := "conflict." + string(section)
	c := &conflictCard{s: s, section: section, list: widgets.Col(0), strip: widgets.NewStrip(name + ".message")}
	c.title, c.heads = widgets.Runs(15).Wrapped(), widgets.Text("", 13, theme.Regular, theme.Muted).Wrapped()
	c.same = widgets.Text("", 13, theme.Regular, theme.Muted).Wrapped()
	c.total = widgets.Text("", 14, theme.SemiBold, theme.Ink).Wrapped()
	c.problem = widgets.Text("", 13, theme.SemiBold, theme.Alarm).Wrapped()
	c.save = widgets.NewButton(widgets.Primary, tongue.T("Save"), tongue.T("Ctrl ↵"), c.commit).Named(name + ".save")
	c.theirs = widgets.NewButton(widgets.Secondary, tongue.T("All as in the record"), "",
		func() { c.all(keepTheirs) }).Named(name + ".theirs")
	c.mine = widgets.NewButton(widgets.Secondary, tongue.T("All mine"), "",
		func() { c.all(keepMine) }).Named(name + ".mine")
	c.discard = widgets.NewButton(widgets.Secondary, tongue.T("Discard mine"), "",
		func() { s.discard(section) }).Named(name + ".discard")
	c.ruler = widgets.NewSegmented(-1, nil, tongue.T("Theirs"), tongue.T("Mine"), tongue.T("Edit")).Compact()
	c.names = container.New(&sideLayout{c.ruler, section == chart.Notes}, columnName(""),
		columnName(tongue.T("Was, when you began")),
		columnName(tongue.T("In the record now")), columnName(tongue.T("Yours")))
	all := widgets.Col(8, c.title, c.heads, c.strip, c.names, c.list, c.same, c.total, c.problem,
		widgets.Flow(8, 8, c.theirs, c.mine))
	c.panel = widgets.NewPanel(11, 14, 12, 14, all)
	all.Add(s.scroll.Afloat(c.panel, widgets.Flow(8, 8, c.save, c.discard)))
	c.reset()
	return c
}

func columnName(s string) *widgets.Label {
	return widgets.Text(s, 12.5, theme.Bold, theme.Muted).Wrapped()
}

// open reports whether there is something to choose between.
func (c *conflictCard) open() bool { return c.sides != nil }

// reset forgets everything of a patient.
func (c *conflictCard) reset() {
	c.edit, c.sides, c.rows, c.list.Objects = Edit{}, nil, nil, nil
	for _, l := range []*widgets.Label{c.title, c.heads, c.same, c.total, c.problem} {
		l.SetRuns()
	}
	c.strip.Set(widgets.Calm, "", "")
	c.save.Set(tongue.T("Save"))
}

// setEdit follows the edit of the section. New sides are drawn anew; without them
// what was chosen so far stands.
func (c *conflictCard) setEdit(e Edit) {
	if e.Sides == nil && (c.sides == nil || e.Phase != Conflict && e.Phase != Saving) {
		c.reset()
		return
	}
	c.edit = e
	if e.Sides != nil {
		sides := *e.Sides
		c.sides = &sides
		c.build()
	}
	tone, what, next := widgets.Warn, e.What, e.Next
	if what == "" {
		what, next = tongue.T("This section changed while you were typing."),
			tongue.T("Nothing of yours was saved yet, and nothing is lost: your text is kept as a draft.")
	}
	c.strip.Set(tone, what, next)
	saving := e.Phase == Saving
	for _, r := range c.rows {
		r.field.SetReadOnly(saving)
		r.choice.SetEnabled(!saving)
	}
	for _, b := range []*widgets.Button{c.save, c.theirs, c.mine, c.discard} {
		b.SetEnabled(!saving)
	}
	name := c.s.view.Page.Summary.Patient.Name()
	c.save.Set(tongue.Tf("Save for %s", name))
	if saving {
		c.save.Set(tongue.Tf("Saving for %s…", name))
	}
	c.refresh()
}

// build draws the sides.
func (c *conflictCard) build() {
	v := c.sides
	title := tongue.Tf("Two people wrote: %s", c.section.Lower())
	if v.Amends {
		title = tongue.Tf("Two people changed the same entry: %s", c.section.Lower())
	}
	c.title.SetRuns(widgets.Run{Text: title, Style: theme.Bold})
	heads := tongue.T("For each line choose what is to be saved, or type it.")
	if !v.At.IsZero() {
		heads = tongue.Tf("Saved last %s by %s. %s", tongue.Moment(v.At, c.s.view.Now), v.By, heads)
	}
	if v.Note != "" {
		heads += " " + v.Note
	}
	c.heads.Set(heads)
	c.rows, c.list.Objects = nil, nil
	var same []string
	for _, f := range v.Fields {
		if !f.differ() {
			if f.Mine != "" {
				same = append(same, f.Label+" "+Said(f.Name, f.Mine))
			}
			continue
		}
		r := newSideRow(c, f)
		c.rows = append(c.rows, r)
		c.list.Add(widgets.Col(0, widgets.NewRule(), widgets.Pad(7, 0, 7, 0, r.box)))
	}
	c.names.Hidden = len(c.rows) == 0
	c.same.Set("")
	if len(same) > 0 {
		c.same.Set(tongue.Tf("The same on both sides: %s.", strings.Join(same, ", ")))
	}
	c.same.Hidden = len(same) == 0
}

// Said is the raw text of a field as it is read.
func Said(field, raw string) string {
	switch {
	case raw == "":
		return "–"
	case field == obsform.Oxygen && raw == obsform.OnAir:
		return tongue.T("Air")
	case field == obsform.Oxygen:
		return tongue.T("Oxygen")
	case field == obsform.Taken:
		return obsform.Face(raw)
	case field == obsform.NotDone:
		return vitals.NotDone(raw).Text()
	case field == obsform.Temp:
		if v, ok := obsform.Number(raw); ok {
			return tongue.Number(v, 1) // one decimal sign on both sides
		}
	}
	return raw
}

// results are the fields as they would be saved.
func (c *conflictCard) results() map[string]string {
	out := map[string]string{}
	for _, f := range c.sides.Fields {
		out[f.Name] = f.Result
	}
	for _, r := range c.rows {
		out[r.side.Name] = r.result()
	}
	return out
}

// draft is what is kept: the results, and beside them what was typed at first
// where something else was chosen.
func (c *conflictCard) draft(into map[string]string) {
	results := c.results()
	maps.Copy(into, results)
	for _, f := range c.sides.Fields {
		if results[f.Name] != f.Mine {
			into[MinePrefix+f.Name] = f.Mine
		}
	}
}

func (c *conflictCard) all(choice int) {
	for _, r := range c.rows {
		r.choose(choice)
	}
	c.s.changed(c.section)
	c.refresh()
}

// refresh shows what the choice comes to.
func (c *conflictCard) refresh() {
	c.problem.Set("")
	c.problem.Hidden = true
	c.total.Hidden = true
	if c.section != chart.Observations || c.sides == nil {
		return
	}
	r := obsform.Read(c.results(), c.s.obs.scale2(), c.s.view.Now, tongue.Zone())
	if c.s.view.scoring().Applies() && r.Score.Any() {
		title, _ := riskWords(r.Score)
		c.total.Set(tongue.Tf("As chosen, NEWS2 %s. %s", scoreText(r.Score), title))
		c.total.Hidden = false
	}
}

func (c *conflictCard) say(s string) {
	c.problem.Set(s)
	c.problem.Hidden = s == ""
	c.panel.Refresh()
}

// commit saves what was chosen, unless nothing of it is new.
func (c *conflictCard) commit() {
	if !c.open() || c.edit.Phase != Conflict || c.s.actions.Resolve == nil {
		return
	}
	results := c.results()
	fresh := slices.ContainsFunc(c.sides.Fields,
		func(f Side) bool { return results[f.Name] != f.Is && results[f.Name] != "" })
	if c.sides.Amends { // taking a value out is a change, too
		fresh = slices.ContainsFunc(c.sides.Fields, func(f Side) bool { return results[f.Name] != f.Is })
	}
	if !fresh {
		c.say(tongue.T("Nothing of yours is left to save: the record says all of this. Discard mine, or choose again."))
		return
	}
	if c.section == chart.Observations {
		wrong := obsform.Read(results, c.s.obs.scale2(), c.s.view.Now, tongue.Zone()).Wrong
		for _, r := range c.rows {
			if why := wrong[r.side.Name]; why != "" {
				r.focus()
				c.say(r.side.Label + ": " + why)
				return
			}
		}
	}
	c.s.actions.Resolve(c.s.Draft(c.section))
}

// focus puts the keyboard on the first choice.
func (c *conflictCard) focus() {
	if len(c.rows) > 0 {
		widgets.Focus(c.rows[0].choice.Button(c.rows[0].choice.Chosen()))
		return
	}
	widgets.Focus(c.save)
}
