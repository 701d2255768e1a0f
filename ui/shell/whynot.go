package shell

import (
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// unaccepted says why A or G, which accept alerts on a card, did nothing on the board: whoever pressed one may think
// that the alert of the selected patient is accepted.
func (s *Shell) unaccepted(r rune) {
	if s.place != Board || r != 'a' && r != 'g' || s.screens.Alerts.HasFocus() || s.actions.WhyNot == nil {
		return
	}
	of := s.screens.Board.Selected()
	for _, row := range s.screens.Board.Rows() {
		if row.Patient == of && of != "" {
			s.actions.WhyNot(words.Unaccepted(row))
			return
		}
	}
	s.actions.WhyNot(words.UnacceptedOfNobody())
}

// mayNot says why a letter does nothing for this role. What is typed on after it is for nothing here: it was the
// start of a name.
func (s *Shell) mayNot(m words.Message) {
	widgets.Hand().Missed()
	if s.actions.WhyNot != nil {
		s.actions.WhyNot(m)
	}
}
