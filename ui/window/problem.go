package window

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// Problem fills a window for a station that cannot start: started from a menu,
// nobody would see what it prints. detail is for IT. UI goroutine only.
func Problem(win fyne.Window, m words.Message, detail string, closed func()) {
	done := widgets.NewButton(widgets.Primary, tongue.T("Close"), "", closed).Named("problem.close")
	body := widgets.Col(12,
		widgets.Text(m.What, 20, theme.Bold, theme.Ink).Wrapped(),
		widgets.Text(m.Next, 15, theme.Regular, theme.Ink).Wrapped(),
		widgets.NewRule(),
		widgets.Text(detail, 13, theme.Regular, theme.Muted).Wrapped(),
		widgets.Row(8, widgets.Spring(), done))
	card := widgets.NewPanel(22, 24, 20, 24, body)
	scroll := widgets.NewVScroll(widgets.Pad(24, 24, 24, 24, card))
	win.SetContent(widgets.Col(0, widgets.Grow(scroll)))
	win.Canvas().Focus(done)
}
