// Package board is the ward board: a tile or a line a bed. It draws rows that
// are already sorted and filtered, keeps the selection by patient ID, and calls
// back. Everything here belongs to the UI goroutine.
package board

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Screen is the board.
type Screen struct {
	actions Actions
	query   board.Query
	list    bool
	view    View
	shown   bool

	selected string         // patient ID
	turned   time.Time      // when the foot turned to another patient
	looked   string         // patient ID that the foot explains: pointed at or selected last
	rows     []board.Row    // as shown, in order
	at       map[string]int // patient ID -> place in rows
	beds     map[bedKey]bed // that are built, by key
	shape    shapes
	places   []int // place in rows of each object of the grid
	still    still
	chosen   board.Query // that rows were chosen by
	first    string      // the patient of the first row, for sawText, since came
	sawText  string
	alone    bool // that patient was the only one of the text before
	came     time.Time
	// sought: Enter was pressed for a text whose rows were not here yet.
	sought bool
	// awaited: the keyboard was to go to the beds before there were any.
	awaited bool

	filter, sort, mode *widgets.Segmented
	search             *widgets.Field
	strip, parked      *widgets.Strip
	message            *widgets.Label
	head               *fyne.Container
	grid, bar          *fyne.Container
	aboveHeight        float32
	scroll             *widgets.VScroll
	foot               *foot
	above              *fyne.Container // what stands above the beds: only measured with
	content            *fyne.Container
}

// New makes a board that shows that it is loading.
func New(a Actions) *Screen {
	s := &Screen{actions: a, beds: map[bedKey]bed{}}
	s.filter = widgets.NewSegmented(1, s.chooseFilter, filters()[:]...).Named("board.filter", "mine", "all",
		"attention", "overdue").Compact()
	for i, f := range filters() {
		s.filter.Keep(i, counted(f, widgets.MostCount))
	}
	s.sort = widgets.NewSegmented(0, s.chooseOrder, tongue.T("Acuity"), tongue.T("Bed"),
		tongue.T("Due")).Named("board.sort", "acuity", "bed", "due").Compact()
	s.mode = widgets.NewSegmented(0, func(i int) { s.SetList(i == 1) }, tongue.T("Tiles"),
		tongue.T("List")).Named("board.mode", "tiles", "list").Compact()
	s.search = widgets.NewField(tongue.T("Name, MRN, bed"), false).Named("board.search")
	s.search.Entry.Label = tongue.T("Search by name, MRN or bed")
	s.search.Entry.OnChanged = func(t string) { s.query.Text, s.sought = t, false; s.ask() }
	s.search.Entry.OnKey = s.searchKey
	s.search.Entry.OnSubmitted = func(string) { s.found() }
	keys := widgets.NewButton(widgets.Secondary, tongue.T("Keys F1"), "", func() {
		if a.Keys != nil {
			a.Keys()
		}
	}).Named("board.keys")
	s.strip, s.parked = widgets.NewStrip("board.notice").Folding(), widgets.NewStrip("board.parked").Folding()
	s.message = widgets.Text(tongue.T("Reading the ward…"), 16, theme.SemiBold, theme.Muted).Wrapped().Centred()
	spots.Mark("board.message", s.message)
	s.head = container.New(listHead{s}, headLabels()...)
	s.head.Hide()
	s.grid = container.New(&grid{s: s})
	s.scroll = widgets.NewVScroll(s.grid)
	s.scroll.OnScroll(func() {
		if s.build() {
			s.grid.Refresh()
		}
		s.showWhy() // of a bed that is scrolled away the foot says that it is
	})
	s.scroll.Rows(s.rowShape, s.kept)
	s.foot = newFoot(s.ToggleMine, s.AskAssign, s.footRoom)
	since := func() time.Time {
		if s.foot.came.After(s.turned) {
			return s.foot.came
		}
		return s.turned
	}
	s.foot.mine.For(func() string { return s.foot.said.mine + " " + s.selected }).Since(since)
	s.foot.assign.For(s.Selected).Since(since)
	s.bar = newBar(s.filter, s.sort, s.mode, s.search, keys)
	above := []fyne.CanvasObject{widgets.Pad(0, 5, 0, 0, s.bar), widgets.Pad(0, 9, 0, 4, s.strip),
		widgets.Pad(0, 9, 0, 4, s.parked), widgets.Pad(0, 9, 0, 4, s.head), widgets.Pad(40, 0, 0, 0, s.message)}
	s.above = widgets.Col(gap, above...)
	s.content = widgets.Pad(edgeTop, edgeRight, 0, edgeLeft,
		widgets.Col(gap, append(above, widgets.Grow(s.scroll), s.foot.box)...))
	s.strip.Hide()
	s.parked.Hide()
	return s
}

// Content is what to place in the window.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Selected is the ID of the selected patient, or "".
func (s *Screen) Selected() string { return s.selected }

// Show draws a view. Beds whose row did not change are not drawn again.
func (s *Screen) Show(v View) {
	s.view, s.shown = v, true
	c := v.Snapshot.Counts
	for i, n := range []int{v.Snapshot.Mine(v.Me), c.Patients, c.Attention, c.Overdue} {
		text := filters()[i]
		if !v.Snapshot.Loading { // nobody knows yet; 0 would be a claim
			text = counted(text, n)
		}
		s.filter.SetText(i, text)
	}
	hidden := func() [4]bool { return [4]bool{s.strip.Hidden, s.parked.Hidden, s.message.Hidden, s.head.Hidden} }
	before := hidden()
	s.strip.Set(widgets.Warn, v.Notice, v.NoticeRest)
	head, rest := v.Snapshot.ParkedText(v.Charge)
	s.parked.Set(widgets.Warn, head, rest)
	s.message.Set(s.messageText())
	s.message.Hidden = s.messageText() == ""
	s.head.Hidden = !s.list || !s.message.Hidden
	changed := s.arrange() || before != hidden()
	// A count of two digits, or a longer sentence.
	if h := widgets.HeightFor(s.above, s.content.Size().Width-edgeLeft-edgeRight); h != s.aboveHeight {
		s.aboveHeight, changed = h, true
	}
	s.showWhy()
	defer func() { s.goOnTo(); s.goOn() }()
	if changed {
		s.content.Refresh()
		return
	}
	s.content.Layout.Layout(s.content.Objects, s.content.Size())
}

// Clear forgets the ward: the screen shows that it is loading.
func (s *Screen) Clear() {
	s.selected, s.looked, s.sought, s.awaited, s.shape = "", "", false, false, shapes{}
	s.Show(View{Snapshot: board.Snapshot{Loading: true}})
}

func (s *Screen) messageText() string {
	switch {
	case !s.shown || s.view.Snapshot.Loading:
		return tongue.T("Reading the ward…")
	case len(s.view.Rows) > 0:
		return ""
	case s.query.Text != "":
		return tongue.Tf("Nobody here matches “%s”. Press Esc to clear the search.", s.query.Text)
	case s.query.Filter == board.Overdue:
		return tongue.T("Nothing is overdue.")
	case s.query.Filter == board.Attention:
		return tongue.T("Nobody needs attention by score, alert or time.")
	case s.query.Filter == board.Mine:
		return tongue.T(
			"You have no patients on this ward. Show all, move to a bed and press M to take it for the shift.")
	}
	return tongue.T("No beds are set up for this ward. Tell IT.")
}
