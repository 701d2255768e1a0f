package patient

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/theme"
)

// tabLine underlines the tab that is open.
type tabLine struct {
	widget.BaseWidget
	on  bool
	bar *canvas.Rectangle
}

func newTabLine() *tabLine {
	t := &tabLine{bar: &canvas.Rectangle{}}
	t.ExtendBaseWidget(t)
	return t
}

func (t *tabLine) set(on bool) { t.on = on; t.Refresh() }

// CreateRenderer implements fyne.Widget.
func (t *tabLine) CreateRenderer() fyne.WidgetRenderer {
	t.style()
	return &tabLineRenderer{t, widget.NewSimpleRenderer(t.bar)}
}

func (t *tabLine) style() {
	t.bar.FillColor = theme.Of(theme.None)
	if t.on {
		t.bar.FillColor = theme.Of(theme.Act)
	}
}

type tabLineRenderer struct {
	t *tabLine
	fyne.WidgetRenderer
}

func (r *tabLineRenderer) MinSize() fyne.Size { return fyne.NewSize(10, 3) }

func (r *tabLineRenderer) Refresh() { r.t.style(); r.WidgetRenderer.Refresh() }
