package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A control that is higher than the view shows its beginning once the keyboard comes to it,
// and the key that follows acts: in the largest text a tile is higher than what a small
// window leaves of the board. Seen red with the end brought into view: the first key then
// only scrolled back.
func TestHigherThanTheView(t *testing.T) {
	app := test.NewApp()
	defer app.Quit()
	first, opened := widgets.NewButton(widgets.Secondary, "First", "", nil), 0
	high := widgets.NewButton(widgets.Secondary, "High", "", func() { opened++ })
	v := widgets.NewVScroll(container.New(column{}, first, high))
	high.In(v, high)
	w := app.NewWindow("")
	defer w.Close()
	w.SetContent(v)
	w.Resize(fyne.NewSize(300, 190))
	me := screentest.Person{Canvas: w.Canvas()}
	w.Canvas().Focus(high)
	v.Reveal(high) // as a screen does with what is chosen
	if !v.Shows(high) {
		t.Error("the beginning is off the screen")
	}
	me.Key(fyne.KeyReturn, 0)
	if opened != 1 {
		t.Errorf("Enter opened it %d times", opened)
	}
}

// column puts a low control above one that is higher than the view.
type column struct{}

func (column) Layout(o []fyne.CanvasObject, s fyne.Size) {
	y := float32(0)
	for i, c := range o {
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(s.Width, []float32{30, 235}[i]))
		y += c.Size().Height
	}
}

func (column) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 265) }
