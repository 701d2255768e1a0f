package window

import (
	"slices"
	"strings"
	"testing"
)

// says are the calls by which a person reads something, or is asked.
var says = []string{"sayHere", "refuse", "showSignIn", "shell.Say", "shell.Ask", "shell.AskNext", "chart.Show",
	"chart.Failed", "chart.SetEdit"}

// later are the calls that have their functions run later: beside the window, or on its goroutine
// after another. A go statement does, too.
var later = []string{"Do", "off", "afterOthers", "offAfter", "background", "givesBack", "audit", "AfterFunc", "Latest",
	"Newest"}

// bound are the calls that run their function for one person alone, or for nobody.
var bound = []string{"forOnly", "atDoor"}

// forWhomever are the functions that run later, say something and are for whoever is there by then,
// and why they may be.
var forWhomever = map[string]string{
	"New":    "draws a chart for the person whom it was read for: it asks for them itself",
	".unsay": "takes away what is said",
	".lock":  "covers what is there, and says nothing", ".resume": "is at the start, before anybody is there",
	".askWordedLater": "hands on what words a question; act.ask asks whose it is before it is asked",
	".Quit":           "ends the program, and says nothing",
}

// Whatever is said after work in the background is said through forOnly or atDoor: to whoever asked,
// or to nobody. What goes round it is named here with the reason, and what is named here does. A
// function that is handed in may say anything: to call it is to say, and so is to hand it on. One that
// is given a context works away from the window, and is looked at where it is written.
//
// What late_test.go cannot show is that a function which nobody has thought of yet keeps to this, too.
// The way is followed by names, through this package. Not seen is what is kept in a field or a slice and called
// from there, such as the answers of a [shell.Dialog], and what another package says by itself.
//
// Seen red with what runs later being each of these: a helper that speaks, called in a function literal, and two
// functions away; a method value, of the window and of the shell; a go statement; [dispatch.Latest] of either; a
// function that was handed in, called and handed on; one kept in a variable, called and handed on; chart.Show. Seen
// red, too, with showOrSay, cannotShow and openThen saying it to whoever is signed in.
func TestWhatIsLateIsSaidToWhoAsked(t *testing.T) {
	p := byName{}
	for _, d := range functions(t) {
		p[nameOf(d)] = append(p[nameOf(d)], d)
	}
	found := map[string]bool{}
	for name, decls := range p {
		for _, d := range decls {
			if plain := strings.TrimPrefix(name, "."); slices.Contains(later, plain) || slices.Contains(bound, plain) {
				continue // who hands it a function is looked at
			}
			for _, body := range laterIn(d.Body) {
				path := p.pathTo(body, within(d), map[string]bool{})
				if path == nil {
					continue
				}
				path = append([]string{name}, path...)
				known := slices.IndexFunc(path, func(n string) bool { return forWhomever[n] != "" })
				if known < 0 {
					t.Errorf("said to whoever is there by then, by way of %v", path)
					continue
				}
				found[path[known]] = true
			}
		}
	}
	for name := range forWhomever {
		if !found[name] {
			t.Errorf("%s is named, and says nothing late", name)
		}
	}
}
