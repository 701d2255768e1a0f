package widgets_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// rowHigh is as high as a row of tiles, nine of them with the space between.
const rowHigh = 150

// rowsOf shows nine rows in a room, and returns what turns the wheel over what the toolkit's driver finds under the
// pointer.
func rowsOf(t *testing.T, room float32) (v *widgets.VScroll, turn func(by float32)) {
	t.Helper()
	test.NewTempApp(t)
	box := &canvas.Rectangle{}
	box.SetMinSize(fyne.NewSize(100, 9*rowHigh-8))
	v = widgets.NewVScroll(container.NewVBox(box))
	v.Rows(func() widgets.RowShape {
		return widgets.RowShape{Step: rowHigh, Space: 8, Head: 60, Below: "Below", Rest: "No room",
			Above: func(rows int) (string, string, bool) {
				return fmt.Sprint(rows, " above"), fmt.Sprint(rows), rows > 1
			}}
	}, nil)
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(300, room))
	return v, func(by float32) {
		var at fyne.Scrollable
		screentest.Within(v, func(o fyne.CanvasObject, _ fyne.Position, _ screentest.Rect) {
			if s, is := o.(fyne.Scrollable); is {
				at = s
			}
		})
		at.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, by)})
	}
}

// One notch of the wheel is one row, at once, whatever a system makes of a notch; steps of a touchpad add up; neither
// goes past the ends, and a layout between changes nothing. Seen red without the wheel over the rows: three notches
// went by before anything moved. Seen red with turn going on from the toolkit's offset, and not from what is seen.
func TestANotchIsARow(t *testing.T) {
	for _, relaid := range []bool{false, true} {
		v, turn := rowsOf(t, 3*rowHigh+40)
		row := func(when string, want float32) {
			t.Helper()
			if relaid {
				v.Refresh()
				v.Resize(v.Size().AddWidthHeight(0, 1))
				v.Resize(v.Size().AddWidthHeight(0, -1))
			}
			// The content begins below an edge, which the uppermost row leaves.
			if top, _ := v.Seen(); top != max(want*rowHigh-v.Edge, 0) {
				t.Errorf("%s, relaid %v: it begins at %v, not with row %v", when, relaid, top, want)
			}
		}
		for n := range 6 {
			turn([]float32{-10, -25, -37}[n%3])
			row("down", float32(n+1))
		}
		turn(-10)
		row("at the end", 6)
		for n := range 6 {
			turn(10)
			row("up", float32(5-n))
		}
		turn(25)
		row("at the beginning", 0)
		for range 74 {
			turn(-1)
		}
		row("smaller steps that add up to less than half a row", 0)
		turn(-1)
		turn(-1)
		row("and to more than half", 1)
		turn(-10)
		row("a notch after small steps", 2)
		turn(1)
		row("a small step back", 2)
		turn(10)
		row("a notch back", 1)
		turn(9999)
		row("a turn of many rows", 0)
	}
}

// What is free below the last row says where there are more, as long as one line has room; a row that the
// view ends in shows whose it is where that leaves this room. Where not one row has room, what is not shown is said.
// Seen red with sayMore saying nothing, with it not asking for the end or for what is above, and with fit leaving it no
// room. Seen red with reach asking for the view alone: where not one row had room, the wheel went past the last.
func TestWhereMoreRowsAreIsSaid(t *testing.T) {
	for room, want := range map[float32]string{
		3*rowHigh + 10: "", 3*rowHigh + 40: "↓ Below", 3*rowHigh + 70: "↓ Below", 3*rowHigh + 90: "↓ Below",
		4*rowHigh - 1: "↓ Below",
		9 * rowHigh:   "", 12 * rowHigh: "", rowHigh - 2: "No room", 70: "", 40: ""} {
		v, turn := rowsOf(t, room)
		said := func() (all string) {
			for _, w := range screentest.Seen(v, v.Size()) {
				if all += w.Text; !w.Whole() {
					t.Errorf("in %v: %q is cut", room, w.Text)
				}
			}
			return all
		}
		if got := said(); (got == "") != (want == "") || !strings.Contains(got, want) || strings.Contains(got, "↑") {
			t.Errorf("in %v it says %q, not %q", room, got, want)
		}
		middle, end := "", ""
		switch want {
		case "↓ Below":
			middle, end = "↑ 1 above  ·  ↓ Below", " above"
		case "No room":
			middle, end = "↑ 1  No room", "  No room"
		}
		turn(-10)
		if got := said(); !strings.Contains(got, middle) {
			t.Errorf("in %v it says %q after a notch, not %q", room, got, middle)
		}
		for range 9 {
			turn(-10)
		}
		if got := said(); !strings.Contains(got, end) {
			t.Errorf("in %v it says %q at the end, not %q", room, got, end)
		}
		if top, _ := v.Seen(); room > 70 && room < 9*rowHigh && top > 8*rowHigh {
			t.Errorf("in %v it goes past the last row, to %v", room, top)
		}
	}
}
