package board_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
)

// pointed is a board of patients at which a person points, and the same turned round.
type pointed struct {
	*board.Screen
	*screentest.Person
	now    *time.Time
	turned board.View
	first  string // who stands first on the screen
	on     fyne.Position
}

func point(t *testing.T) *pointed {
	t.Helper()
	p := &pointed{now: at(t)}
	s, v, w := show(t, board.Actions{})
	p.Screen, p.Person, p.turned = s, &screentest.Person{Canvas: w.Canvas()}, v
	p.turned.Rows = slices.DeleteFunc(slices.Clone(v.Rows), func(r appboard.Row) bool { return r.Patient == "" })
	p.Show(p.turned)
	p.first = p.turned.Rows[0].Patient
	p.turned.Rows = slices.Clone(p.turned.Rows)
	slices.Reverse(p.turned.Rows)
	p.on = fyne.CurrentApp().Driver().AbsolutePositionForObject(tiles(s.Content())[0]).AddXY(60, 40)
	p.move(0)
	return p
}

func (p *pointed) move(by float32) { p.Move(p.on.AddXY(by, 0)) }

func (p *pointed) wait(d time.Duration) { *p.now = p.now.Add(d) }

func (p *pointed) top() appboard.Row { return tiles(p.Content())[0].Row() }

// While a hand points at the tiles their order stays, and what they say follows; after a
// while it is as it should be, whatever the hand does. Seen red with the order never kept,
// and with it kept for ever.
func TestTheOrderStaysUnderAMovingPointer(t *testing.T) {
	p := point(t)
	last := p.turned.Rows[0].Patient
	p.turned.Rows[len(p.turned.Rows)-1].Given = "Changed"
	p.Show(p.turned)
	if r := p.top(); r.Patient != p.first || r.Given != "Changed" {
		t.Errorf("under the pointer the first tile is of %s, %s", r.Patient, r.Given)
	}
	for n := range 10 {
		p.wait(time.Second)
		p.move(float32(n % 7))
		p.Show(p.turned)
	}
	if r := p.top(); r.Patient != last {
		t.Errorf("the order was kept for 10 s: %s", r.Patient)
	}
	p.wait(press.Rest)
}

// A hand that rests points at nobody: two seconds later the order is as it should be, and
// when it moves again it is kept anew. Seen red with two hours, and with what was kept once
// counted for ever.
func TestTheOrderIsKeptAnew(t *testing.T) {
	p := point(t)
	p.Show(p.turned)
	p.wait(1900 * time.Millisecond)
	if p.Show(p.turned); p.top().Patient != p.first {
		t.Error("not kept for 2 s")
	}
	p.wait(100 * time.Millisecond)
	if p.Show(p.turned); p.top().Patient == p.first {
		t.Error("kept for longer than 2 s for a hand that rests")
	}
	p.wait(time.Minute)
	now := p.top().Patient
	p.move(5)
	p.turned.Rows = slices.Clone(p.turned.Rows)
	slices.Reverse(p.turned.Rows)
	if p.Show(p.turned); p.top().Patient != now {
		t.Error("not kept the second time")
	}
}

// Whoever is new comes after the others while the order is kept; rows that cannot be told
// apart are shown as they come, and none is lost. Seen red without each of the two.
func TestNobodyIsLostFromAKeptOrder(t *testing.T) {
	p := point(t)
	added := p.turned.Rows[0]
	added.Patient, added.MRN, added.Surname = "new", "9999999", "Newcomer"
	p.turned.Rows = append([]appboard.Row{added}, p.turned.Rows...)
	p.Show(p.turned)
	all := tiles(p.Content())
	if len(all) != len(p.turned.Rows) || all[len(all)-1].Row().Patient != "new" || p.top().Patient != p.first {
		t.Errorf("%d of %d rows, the first is %s, the last %s", len(all), len(p.turned.Rows), p.top().Patient,
			all[len(all)-1].Row().Patient)
	}
	p = point(t)
	p.turned.Rows = append(p.turned.Rows, appboard.Row{Bed: "X"}, appboard.Row{Bed: "X"})
	p.Show(p.turned)
	if p.Show(p.turned); len(tiles(p.Content())) != len(p.turned.Rows) {
		t.Errorf("%d tiles of %d rows", len(tiles(p.Content())), len(p.turned.Rows))
	}
}

// A tile that only just came under the pointer, be it new or scrolled there by a key, is
// not pressed. Seen red with a first place that counts as no move, and with the scroller
// left out.
func TestATileThatJustCameIsNotPressed(t *testing.T) {
	p := point(t)
	p.Show(board.View{Snapshot: p.turned.Snapshot, Now: p.turned.Now})
	p.wait(time.Hour)
	p.Show(p.turned)
	p.Move(fyne.CurrentApp().Driver().AbsolutePositionForObject(tiles(p.Content())[0]).AddXY(30, 30))
	p.Click()
	if p.Selected() != "" {
		t.Error("a tile that only just came was chosen")
	}
	p.wait(time.Hour)
	p.FocusBeds()
	was := p.Selected()
	p.wait(time.Hour)
	for range 40 {
		p.Key(fyne.KeyDown, 0)
	}
	if p.Selected() == was {
		t.Fatal("the arrow did not move")
	}
	was = p.Selected()
	for _, tile := range tiles(p.Content()) {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(tile)
		if at.Y > 300 && at.Y < 600 && tile.Row().Patient != was {
			p.Move(at.AddXY(30, 30))
			p.Click()
			break
		}
	}
	if p.Selected() != was {
		t.Error("a tile that a key only just scrolled there was chosen")
	}
}
