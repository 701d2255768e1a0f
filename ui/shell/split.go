package shell

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/theme"
)

// split sets the screen and the alert column side by side; the column is 392
// wide and grows a little with the text.
type split struct{}

// ColumnWidth is the width of the alert column in a window.
func ColumnWidth(window float32) float32 {
	w := 392 + (theme.Sp(1)-1)*96
	return min(w, window*0.45)
}

func (*split) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := ColumnWidth(s.Width)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width-w, s.Height))
	o[1].Move(fyne.NewPos(s.Width-w, 0))
	o[1].Resize(fyne.NewSize(1, s.Height))
	o[2].Move(fyne.NewPos(s.Width-w+1, 0))
	o[2].Resize(fyne.NewSize(w-1, s.Height))
}

func (*split) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(900, 400) }
