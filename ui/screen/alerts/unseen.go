package alerts

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// unseen says which open alerts that nobody has accepted the column does not show: how many of them
// stand above and below, and the newest alert by its words. It stands below the list, always of one
// height, so that what it says and that it comes push no button away.
type unseen struct {
	text  *widgets.Label
	press *widgets.Button
	box   *fyne.Container
	to    string // the alert that a press leads to
}

// unseenMost is how many lines the text has in a column of at least unseenHigh, before the text scale; in a lower one
// it has a line less. How many hangs on the room alone, never on what is said, and the text keeps its size: what has no
// room ends in an ellipsis, and the card that a press leads to says it all.
const unseenMost, unseenHigh = 3, 480

func newUnseen(lead func(alertID string), column func() float32) *unseen {
	u := &unseen{text: widgets.Runs(13).Wrapped()}
	lines := func() int {
		u.text.Most = unseenMost
		if column() < theme.Sp(unseenHigh) {
			u.text.Most--
		}
		return u.text.Most
	}
	u.press = widgets.NewButton(widgets.Secondary, "", "", func() { lead(u.to) }).Named("alert.unseen").
		For(func() string { return u.to })
	u.box = widgets.Lines(lines, 13, 6, u.press, widgets.Pad(6, 8, 0, 10, u.text))
	spots.Mark("alert.unseen.text", u.text)
	u.box.Hide()
	return u
}

// set says how many are above and below, and the newest one, unless it has been read. Beside its words the counts are
// arrows.
func (u *unseen) set(above, below, elsewhere int, newest *alert.Card, now time.Time) {
	head, short := outOfView(above, below)
	switch {
	case head != "":
	case elsewhere > 0:
		head = tongue.N(elsewhere, "%d open alert is not in this list", "%d open alerts are not in this list")
	case newest == nil:
		head = tongue.T("Every open alert is in view.")
	}
	said := head
	runs := []widgets.Run{{Text: head, Role: theme.Muted}}
	if newest != nil {
		text := newestText(*newest, now)
		said = strings.TrimSuffix(text+". "+head, " ")
		runs = []widgets.Run{{Text: text, Style: theme.SemiBold}}
		if short != "" {
			runs = append([]widgets.Run{{Text: short + " · ", Role: theme.Muted}}, runs...)
		}
	}
	u.text.SetRuns(runs...)
	u.press.About(said)
}

// outOfView is how many open alerts are above and below what is shown, in words and as arrows.
func outOfView(above, below int) (words, short string) {
	switch {
	case above > 0 && below > 0:
		return tongue.Tf("Open, out of view: %d above, %d below", above, below), fmt.Sprintf("↑%d ↓%d", above, below)
	case above > 0:
		return tongue.Tf("Open, out of view: %d above", above), fmt.Sprintf("↑%d", above)
	case below > 0:
		return tongue.Tf("Open, out of view: %d below", below), fmt.Sprintf("↓%d", below)
	}
	return "", ""
}

// newestText is an alert in a line: how urgent, where, for how long, and what.
func newestText(c alert.Card, now time.Time) string {
	mark, _, _ := widgets.PriorityMark(c.Alert.Priority)
	age := widgets.Age(c.Alert, now)
	if at := c.Place(); at != "" {
		return tongue.Tf("Newest: %s · %s · %s · %s", mark, at, age, c.Alert.Words())
	}
	return tongue.Tf("Newest: %s · %s · %s", mark, age, c.Alert.Words())
}
