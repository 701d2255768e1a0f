package alert

import (
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// Wall is what anybody who passes by may read of a ward's open alerts, on a screen that nobody has signed in to:
// whose, how many, how urgent and where. It has no patient's name, no number and no value.
type Wall struct {
	Ward       string // as it is called: "4B Medicine"
	Open, High int
	Spots      []Spot // most urgent first
}

// Spot is one place of the ward at which alerts are open.
type Spot struct {
	Place    string // in words: "Bed 07"
	Priority Priority
	Count    int
	Since    time.Time // of the oldest
}

// WallOf is the wall of a ward's cards; open and high count all of the ward, also those beyond the cards.
func WallOf(ward string, cards []Card, open, high int) Wall {
	w := Wall{Ward: ward, Open: open, High: high}
	at := map[string]int{}
	for _, c := range cards {
		if c.State != Open {
			continue
		}
		place := c.where()
		n, had := at[place]
		if !had {
			n = len(w.Spots)
			at[place] = n
			w.Spots = append(w.Spots, Spot{Place: place, Priority: c.Alert.Priority, Since: c.Alert.Received})
		}
		s := &w.Spots[n]
		s.Count++
		if c.Alert.Priority.Rank() < s.Priority.Rank() {
			s.Priority = c.Alert.Priority
		}
		if c.Alert.Received.Before(s.Since) {
			s.Since = c.Alert.Received
		}
	}
	slices.SortStableFunc(w.Spots, func(a, b Spot) int { return a.Priority.Rank() - b.Priority.Rank() })
	return w
}

// where is the place to go to for an alert.
func (c Card) where() string {
	bed, now := c.Alert.Bed, c.Now
	switch {
	case now.Moved && now.Off:
		return tongue.T("On no ward now")
	case now.Moved && now.Ward != "" && now.Bed != "":
		return tongue.Tf("%s, bed %s", now.Ward, now.Bed)
	case now.Moved && now.Ward != "":
		return now.Ward
	case now.Moved && now.Bed == "":
		return tongue.T("No bed")
	case now.Moved:
		return tongue.Tf("Bed %s", now.Bed)
	case bed != "":
		return tongue.Tf("Bed %s", bed)
	case c.Alert.Priority == Technical && c.Alert.Patient == "":
		return tongue.T("A device or a station")
	}
	return tongue.T("No bed given")
}

// Text counts the open alerts and says whose they are: "4B Medicine: 2 high of 5 open alerts". "" for none.
func (w Wall) Text() string {
	count := ""
	switch {
	case w.High > 0:
		count = tongue.N(w.Open, "%[2]d high of %[1]d open alert", "%[2]d high of %[1]d open alerts", w.High)
	case w.Open > 0:
		count = tongue.N(w.Open, "%d open alert", "%d open alerts")
	}
	if count == "" || w.Ward == "" {
		return count
	}
	return w.Ward + ": " + count
}
