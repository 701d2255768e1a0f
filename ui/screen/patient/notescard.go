package patient

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// notesCard is the nursing notes, newest first, and the entry of a new one.
type notesCard struct {
	s    *Screen
	edit Edit
	view View

	amends string    // the entry that is being changed; "": a new one is written
	typed  time.Time // when what stands here was begun; zero while nothing does
	offer  *timeOffer

	head    *sectionHead
	field   *widgets.Field
	sbar    *widgets.Button
	form    *fyne.Container
	buttons *formButtons
	list    *fyne.Container
	shown   []chart.Note
	history []chart.Change
	day     time.Time // of the list as drawn: a time of today says no day
	may     bool      // as shown
	panel   *widgets.Panel
}

func newNotesCard(s *Screen) *notesCard {
	c := &notesCard{s: s, head: newSectionHead(s, chart.Notes), list: widgets.Col(0)}
	c.field = widgets.NewField(tongue.T("What happened, what you did, what is next"), true).Named("note.text")
	c.field.Entry.SetMinRowsVisible(noteRows)
	c.field.Entry.OnChanged = func(string) { c.write() }
	c.offer = newTimeOffer("note.time", func(at string) string { return tongue.Tf("Written %s", at) }, c.pickTime,
		c.toSave)
	c.buttons = newFormButtons("note", s.tries(chart.Notes, c.save))
	c.sbar = widgets.NewButton(widgets.Secondary, "SBAR", tongue.T("Ctrl B"), c.Template).Compact().Named("note.sbar")
	c.field.Entry.Label = tongue.T("Nursing note")
	c.form = widgets.Col(8,
		widgets.Row(8, widgets.Grow(widgets.Text(tongue.T("Situation, background, assessment, recommendation"), 12.5,
			theme.Regular, theme.Muted).Wrapped()), c.sbar), c.field, c.offer.box)
	c.panel = widgets.NewPanel(11, 14, 10, 14, widgets.Col(8, c.head.box, c.form, c.list))
	c.form.Add(s.scroll.Afloat(c.form, c.buttons.box))
	c.reset()
	return c
}

func (c *notesCard) reset() {
	c.view, c.edit, c.amends, c.typed = View{}, Edit{}, "", time.Time{}
	c.field.SetText("")
	c.offer.reset()
	c.shown, c.list.Objects = nil, nil
	c.arrange()
}

func (c *notesCard) setView(v View) {
	c.view = v
	c.fill(v.Page.Notes)
	c.arrange()
}

// mostNotes bounds what is drawn; older ones are counted below.
const mostNotes = 40

func (c *notesCard) fill(notes []chart.Note) {
	if history := c.view.Page.History; c.may == c.view.MayEdit && tongue.SameDay(c.day, c.view.Now) &&
		slices.Equal(notes, c.shown) && slices.Equal(history, c.history) && len(c.list.Objects) > 0 {
		return
	}
	c.shown, c.may, c.history, c.day = notes, c.view.MayEdit, c.view.Page.History, c.view.Now
	c.list.Objects = nil
	c.s.stir()
	if len(notes) == 0 {
		c.list.Add(widgets.Pad(4, 0, 8, 0, widgets.Text(tongue.T("No notes yet."), 13.5, theme.Regular, theme.Muted)))
		return
	}
	for i, n := range notes {
		if i == mostNotes {
			c.list.Add(widgets.Pad(7, 0, 7, 0,
				widgets.Text(tongue.N(len(notes)-i, "%d older note is in the record.",
					"%d older notes are in the record."), 12.5, theme.Regular, theme.Muted)))
			break
		}
		when := tongue.Moment(n.Written, c.view.Now)
		if !n.Received.IsZero() {
			when = tongue.Tf("%s, entered %s", when, tongue.Moment(n.Received, c.view.Now))
		}
		text := widgets.Runs(13.5, noteRuns(n.Text)...).Wrapped()
		spots.Mark(fmt.Sprintf("patient.note.%d", i), text)
		row := widgets.Row(8,
			widgets.Grow(widgets.Text(when+"  "+n.ByName+" · "+tongue.T("signed")+c.changedNote(n.ID), 11.5,
				theme.Regular, theme.Muted).Wrapped()))
		if c.view.MayEdit && c.s.actions.Amend != nil {
			b := widgets.NewButton(widgets.Quiet, tongue.T("Change"), "", func() {
				c.s.amend(chart.Notes, map[string]string{NoteField: n.Text, AmendsField: n.ID})
			}).Compact().Since(c.s.since).In(c.s.scroll, text).Named(fmt.Sprintf("patient.note.%d.change", i)).About(
				tongue.Tf("The note of %s by %s", when, n.ByName))
			row.Add(b)
		}
		c.list.Add(widgets.Col(0, widgets.NewRule(), widgets.Pad(7, 0, 4, 0, widgets.Col(1, text, row))))
	}
}

// changedNote says that a note was changed since, by whom and when.
func (c *notesCard) changedNote(id string) string {
	for _, h := range c.view.Page.History {
		if h.What == chart.AmendedNote && h.Entry == id {
			return ", " + tongue.Tf("changed %s by %s", tongue.Moment(h.At, c.view.Now), h.By)
		}
	}
	return ""
}

// noteRuns sets the words of a structured note (SBAR and the like) in bold.
func noteRuns(text string) []widgets.Run {
	var runs []widgets.Run
	for i, l := range strings.Split(text, "\n") {
		if i > 0 {
			l = "\n" + l
		}
		head, rest, ok := strings.Cut(l, ": ")
		if ok && len(head) < 20 && !strings.Contains(strings.TrimSpace(head), " ") {
			runs = append(runs, widgets.Run{Text: head + " ", Style: theme.Bold}, widgets.Run{Text: rest})
			continue
		}
		runs = append(runs, widgets.Run{Text: l})
	}
	return runs
}

func (c *notesCard) setEdit(e Edit) {
	was := c.edit
	fill := e.Phase.form() && (!was.Phase.form() || (!e.Phase.typing() && c.field.Text() == ""))
	if was.Phase.form() && e.Phase.form() && e.Draft.Version == 0 {
		e.Draft.Version = was.Draft.Version
	}
	if was.Phase.form() && e.Phase.form() && e.Draft.Fields == nil {
		e.Draft.Fields = was.Draft.Fields
	}
	c.edit = e
	switch {
	case fill:
		c.field.SetText(e.Draft.Fields[NoteField])
		c.amends, c.typed = e.Draft.Fields[AmendsField], e.Draft.Typed
		c.offer.reset()
		if at, err := time.Parse(time.RFC3339, e.Draft.Fields[WrittenField]); err == nil {
			c.offer.pick = at
		}
	case !e.Phase.form():
		c.field.SetText("")
		c.amends, c.typed = "", time.Time{}
		c.offer.reset()
	case e.Amends != "":
		c.amends = e.Amends
	}
	c.arrange()
	if c.s.waitsElsewhere(chart.Notes) {
		return
	}
	if was.Phase.form() && !e.Phase.form() {
		c.s.Focus()
	}
	if e.Phase == Editing && !was.Phase.form() {
		widgets.Focus(c.field.Entry)
	}
}

// rows is how many lines the note shows at once: with what saves it they have room on a low screen.
func (c *notesCard) rows() int {
	_, seen := c.s.scroll.Seen()
	if seen <= 0 {
		return noteRows // not laid out yet
	}
	room := seen - widgets.HeightFor(c.buttons.box, c.panel.Size().Width-28) - 50
	return min(max(int(room/theme.Sp(18)), 2), noteRows)
}

// noteRows is how many lines a note shows where there is room.
const noteRows = 4

func (c *notesCard) arrange() {
	c.form.Hidden = !c.edit.Phase.form()
	c.field.Hidden = c.edit.Phase == Conflict
	c.field.SetReadOnly(!c.edit.Phase.typing())
	title := tongue.T("Nursing notes")
	if c.amends != "" {
		title = c.s.amendTitle(chart.Notes)
	}
	c.offer.setEnabled(c.edit.Phase.typing())
	c.offerTime()
	c.head.set(c.view, c.edit, title, sectionNote(c.view, chart.Notes))
	c.buttons.set(c.edit, c.view.Page.Summary.Patient, heldByAnother(c.view, chart.Notes), false,
		c.amends != "")
	c.field.Entry.SetMinRowsVisible(c.rows())
}

// sbar is the template of a structured note: the words by which a call for help
// is made.
func sbar() []string {
	return []string{tongue.T("Situation") + ": ", tongue.T("Background") + ": ", tongue.T("Assessment") + ": ",
		tongue.T("Recommendation") + ": "}
}

// Template puts the words of SBAR into the note, around what is typed already,
// and the cursor behind the first that is empty. Once it is there nothing is
// put in again.
func (c *notesCard) Template() {
	if !c.edit.Phase.typing() {
		return
	}
	text := c.field.Text()
	if !strings.Contains(text, sbar()[0]) {
		text = strings.Join(sbar(), "\n")
		if typed := strings.TrimSpace(c.field.Text()); typed != "" {
			text = sbar()[0] + typed + "\n" + strings.Join(sbar()[1:], "\n")
		}
		c.field.SetText(text)
		c.s.changed(chart.Notes)
	}
	widgets.Focus(c.field.Entry)
	if at := strings.Index(text+"\n", ": \n"); at >= 0 {
		c.field.GoOn(utf8.RuneCountInString(text[:at+len(": ")]))
	}
}
