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

// A key does nothing on a button of a card that begins off the screen: it brings the card
// there, and of one that is higher than the screen the button. Seen red with the button
// alone looked at, and with the card alone brought.
func TestAKeyShowsTheCardFirst(t *testing.T) {
	for _, height := range []float32{120, 400} {
		app := test.NewTempApp(t)
		acted := 0
		b := widgets.NewButton(widgets.Secondary, "End", "", func() { acted++ })
		card := container.New(atTheEnd{height}, b)
		filler := widgets.NewButton(widgets.Secondary, "Below", "", nil)
		v := widgets.NewVScroll(container.NewVBox(card, container.New(atTheEnd{600}, filler)))
		b.In(v, card)
		w := test.NewTempWindow(t, v)
		w.Resize(fyne.NewSize(300, 190))
		me := screentest.Person{Canvas: w.Canvas()}
		w.Canvas().Focus(b)
		v.RevealAt(height-40, 150) // the card's beginning leaves the screen
		if !v.Shows(b) || v.Shows(card) {
			t.Fatalf("%v: the button shows %v, its card %v", height, v.Shows(b), v.Shows(card))
		}
		me.Key(fyne.KeyReturn, 0)
		if acted > 0 || !v.Shows(b) || height < 190 && !v.Shows(card) {
			t.Errorf("%v: acted %d, the button shows %v, its card %v", height, acted, v.Shows(b), v.Shows(card))
		}
		app.Quit()
	}
}

// atTheEnd puts a button at the end of a card of a height.
type atTheEnd struct{ height float32 }

func (a atTheEnd) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, a.height-40))
	o[0].Resize(fyne.NewSize(s.Width, 36))
}

func (a atTheEnd) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, a.height) }

// A button that the pointer has left and that comes back by itself is not pressed. Seen red
// without noting that the pointer left.
func TestAButtonThatComesBackIsNotPressed(t *testing.T) {
	test.NewTempApp(t)
	*widgets.Hand() = widgets.NewHand()
	t.Cleanup(func() { *widgets.Hand() = widgets.NewHand() })
	acted := 0
	b := widgets.NewButton(widgets.Secondary, "End", "", func() { acted++ })
	w := test.NewTempWindow(t, container.NewWithoutLayout(b))
	w.Resize(fyne.NewSize(300, 300))
	b.Resize(fyne.NewSize(100, 36))
	me := screentest.Person{Canvas: w.Canvas()}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
	me.Move(at.AddXY(20, 20))
	me.Move(at.AddXY(20, 200))
	b.Move(fyne.NewPos(0, 180))
	me.Click()
	if acted > 0 {
		t.Error("pressed")
	}
	b.Move(fyne.NewPos(0, 0))
	me.Move(at.AddXY(22, 22))
	*widgets.Hand() = widgets.NewHand()
	me.Move(at.AddXY(20, 200))
	me.Move(at.AddXY(20, 20))
	if me.Click(); acted != 1 {
		t.Errorf("pressed %d times when it was meant", acted)
	}
}
