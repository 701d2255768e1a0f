package board_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// hospital is a board of many patients, each with a name of its own.
func hospital(n int) appboard.Snapshot {
	in := appboard.Input{Ward: fixture.Ward, Now: fixture.Now, Patients: map[string]appboard.Known{}}
	for i := range n {
		id := fmt.Sprintf("h%04d", i)
		in.Beds = append(in.Beds, ward.Bed{Ward: fixture.Ward.ID, Name: fmt.Sprintf("%04d", i), Patient: id})
		k := in.Patients[id]
		k.Summary = patient.Summary{Patient: patient.Patient{ID: id, Surname: "Name" + id, Given: "Given",
			MRN: fmt.Sprint(7000000 + i)}, Ward: fixture.Ward.ID, Bed: fmt.Sprintf("%04d", i)}
		in.Patients[id] = k
	}
	return appboard.Build(in)
}

// Of a thousand patients only those near the screen are built; scrolling brings the
// others, the selection stays with its patient, and the keyboard reaches all.
func TestThousandBedsAreNotAllBuilt(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	opened := ""
	s := board.New(board.Actions{Open: func(id string) { opened = id }})
	w := test.NewTempWindow(t, s.Content())
	w.Resize(fyne.NewSize(1200, 900))
	snap := hospital(1000)
	show := func() {
		s.Show(board.View{Snapshot: snap, Rows: snap.Select(appboard.Query{Order: appboard.ByBed}), Now: fixture.Now})
	}
	built := func() int { return len(screentest.All[*widgets.Tile](s.Content())) }
	show()
	if n := built(); n == 0 || n > 130 {
		t.Fatalf("%d tiles are built", n)
	}
	s.Select("h0003")
	s.FocusBeds()
	text := func() string { return screentest.Texts(s.Content()) }
	if !strings.Contains(text(), "NAMEH0003") {
		t.Fatal("the selected patient is not drawn")
	}
	for range 400 { // far down, by the keyboard
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	show() // a second of news
	focused, is := w.Canvas().Focused().(*widgets.Tile)
	if !is || focused.Row().Patient < "h0900" {
		t.Fatalf("the keyboard is on %v", w.Canvas().Focused())
	}
	if n := built(); n > 130 {
		t.Errorf("%d tiles are built after scrolling", n)
	}
	if strings.Contains(text(), "NAMEH0000") {
		t.Error("the first patient is still built")
	}
	if s.Selected() == "" {
		t.Error("the selection is gone")
	}
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if opened != focused.Row().Patient {
		t.Errorf("opened %s from the tile of %s", opened, focused.Row().Patient)
	}
}
