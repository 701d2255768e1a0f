// Package spots tells an outside driver where the named controls of the window
// are, so that an end-to-end test can click on what a nurse would click on.
//
// Built without the tag e2e it does nothing at all. Built with it, Run writes a
// JSON map of name to place to the file named by WARDLIGHT_SPOTS about ten times
// a second (a new file renamed over the old one). It holds what stands on the
// screen, so it is for demonstration data only.
package spots

// The spot named "spots" is no control: its X counts the maps, so that a driver
// knows a newer one.

// Env names the environment variable with the path that Run writes to.
const Env = "WARDLIGHT_SPOTS"

// WordsEnv names the environment variable that, set to anything, has Run tell of each
// control the words of it that can be read whole: it takes the window's time.
const WordsEnv = "WARDLIGHT_SPOTS_WORDS"

// PaintedEnv names the environment variable with the path that Painted writes to.
const PaintedEnv = "WARDLIGHT_PAINTED"

// Spot is where a control is on the window's canvas, and what it shows.
type Spot struct {
	X       float32 `json:"x"`
	Y       float32 `json:"y"`
	W       float32 `json:"w"`
	H       float32 `json:"h"`
	Text    string  `json:"text"`
	Visible bool    `json:"visible"`
	Enabled bool    `json:"enabled"`
	Focused bool    `json:"focused"`
	// Words are the texts drawn of it of which nothing is cut, hidden or scrolled away.
	Words []string `json:"words,omitempty"`
}
