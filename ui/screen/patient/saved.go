package patient

import (
	"strconv"
	"strings"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// saved is what the patient will be shown with once a set that stands here is saved, and by which sets: the rule is
// the board's, so that the form promises nothing that no board shows.
func (c *obsCard) saved(o vitals.Observation) (vitals.Raise, []vitals.Observation) {
	o.ID, o.Received = c.amends, c.now()
	sets := c.view.Page.Summary.OfStay(vitals.With(c.view.Page.Observations, o), c.now())
	raised, _ := vitals.Raised(sets)
	return raised, sets
}

// raisedWords are [riskWords] of what a patient is shown with, and the board's words where that is of values
// of several times: of those nobody can say that the score is only higher.
func raisedWords(r vitals.Raise, b board.Badge) (title, rest string) {
	if b.Doubted() {
		return tongue.T("0 sent, check the patient") + ".", ""
	}
	text := board.PictureText(r)
	if text == "" || !r.Score.Any() {
		return riskWords(r.Score)
	}
	title, rest = bandWords(r.Score)
	if !r.Picture.Whole() { // else the board's words have the number
		title = tongue.Tf("At least %d. %s", r.Score.Total, title)
	}
	if text += "."; !vitals.NEWS2(r.Picture.Values).Complete {
		text += " " + tongue.T("Not all seven are measured.")
	}
	return title, strings.TrimSpace(text + " " + rest)
}

// riskWords are the band in words and what NEWS2 asks for, of values of one time.
func riskWords(s vitals.Score) (title, rest string) {
	title, rest = bandWords(s)
	if s.Any() && !s.Complete {
		title = tongue.Tf("At least %d. %s", s.Total, title)
		rest = tongue.Tf("Not all seven are measured: the score can only be higher. %s", rest)
	}
	return title, rest
}

// bandWords are the band in words and what NEWS2 asks for, whatever was measured.
func bandWords(s vitals.Score) (title, rest string) {
	band := map[vitals.Risk]string{vitals.RiskHigh: tongue.T("High"), vitals.RiskMedium: tongue.T("Medium"),
		vitals.RiskLowMedium: tongue.T("Low to medium"), vitals.RiskLow: tongue.T("Low")}[s.Risk]
	if band == "" {
		return tongue.T("Nothing measured yet."), tongue.T("Points and the response appear while you type.")
	}
	kind, do := s.Risk.Response()
	return band + ". " + kind, do
}

func scoreText(s vitals.Score) string {
	switch {
	case !s.Any():
		return "–"
	case !s.Complete:
		return "≥" + strconv.Itoa(s.Total)
	}
	return strconv.Itoa(s.Total)
}
