package board

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// listHead names the columns of the list.
type listHead struct{ s *Screen }

func headTexts() []string {
	return []string{tongue.T("Bed"), tongue.T("Patient"), "NEWS2", tongue.T("Age, MRN"), tongue.T("RR"), "SpO₂",
		tongue.T("HR"), tongue.T("BP"), tongue.T("T"), tongue.T("Taken"), tongue.T("Next"), tongue.T("Marks")}
}

func headLabels() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, t := range headTexts() {
		out = append(out, widgets.Text(t, 12, theme.SemiBold, theme.Muted))
	}
	return out
}

func (h listHead) Layout(o []fyne.CanvasObject, s fyne.Size) {
	shape := h.s.shape.lines
	fold := shape.Folds(s.Width) // then every value carries its name
	bed, name, score, ids, signs, age, due, chips := shape.Columns(s.Width)
	for i, x := range []float32{bed, name, score, ids, signs[0], signs[1], signs[2], signs[3], signs[4],
		age, due, chips} {
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(o[i].MinSize())
		o[i].(*widgets.Label).Hidden = fold || i == len(o)-1 && s.Width-chips < theme.Sp(70)
	}
}

// MinSize is no height where the lines name their values themselves. It goes by
// the screen's own width: the grid's may be that of before.
func (h listHead) MinSize(o []fyne.CanvasObject) fyne.Size {
	edge, bar := widgets.ScrollRoom()
	if h.s.shape.lines.Folds(h.s.content.Size().Width - edgeLeft - edgeRight - edge - bar) {
		return fyne.Size{}
	}
	return fyne.NewSize(0, o[0].MinSize().Height)
}
