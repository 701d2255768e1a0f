package window

import (
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/shell"
)

// user offers what a person may do under their name in the head. UI goroutine only.
func (w *Window) user() {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	choices := []shell.Choice{{Text: tongue.T("Lock"), Do: w.lock}, {Text: tongue.T("Sign out"), Do: w.signOut},
		{Text: tongue.T("My drafts"), Do: w.myDrafts}}
	offer := func(is bool, text string, do func()) {
		if is {
			choices = append(choices, shell.Choice{Text: text, Do: do})
		}
	}
	offer(w.opt.Sound != nil, tongue.T("Check the sound"), w.checkSound)
	offer(w.opt.Load != nil && a.by.Staff.Role.May(staff.RunWard), tongue.T("Alarm load of this ward"), w.showLoad)
	offer(true, tongue.T("How this station stands"), w.showStation)
	offer(w.offersBreakGlass(a.by), tongue.T("Emergency access"), func() { w.breakGlass(w.place()) })
	offer(w.may(a.by, staff.RunWard), tongue.T("How alerts escalate here"), w.showPolicy)
	a.ask(ask.Station(choices))
}
