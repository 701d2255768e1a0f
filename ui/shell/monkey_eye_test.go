package shell_test

import (
	"regexp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// names are what the screen calls the thing that is looked at: an alert, a task, a
// patient; "" for what it does not name, or not as one.
type names struct{ alert, task, patient string }

// of is the name that a verb needs.
func (n names) of(verb string) string {
	switch verb {
	case "accept", "reject", "forward", "back", "end":
		return n.alert
	case "task":
		return n.task
	}
	return n.patient
}

var (
	alertTag   = regexp.MustCompile(`A#\d+`)
	taskTag    = regexp.MustCompile(`T#\d+`)
	patientTag = regexp.MustCompile(strings.Join(surnames, "|"))
)

// node is an object that is drawn, with its place in the list of them: those in it follow
// it, up to end.
type node struct {
	object      fyne.CanvasObject
	parent, end int
	seen        screentest.Rect
	text        string
}

// look reads the whole window, or the dialog that is over it. What no part of is on the
// screen is not read.
func look(c fyne.Canvas) (all []node) {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	var walk func(o fyne.CanvasObject, base fyne.Position, clip screentest.Rect, parent int)
	walk = func(o fyne.CanvasObject, base fyne.Position, clip screentest.Rect, parent int) {
		if o == nil || !o.Visible() {
			return
		}
		at := base.Add(o.Position())
		own := screentest.Rect{Position: at, Size: o.Size()}
		i := len(all)
		all = append(all, node{object: o, parent: parent, seen: own.And(clip)})
		if t, is := o.(*canvas.Text); is && !all[i].seen.Size.IsZero() && all[i].seen.Height >= o.Size().Height/2 {
			all[i].text = t.Text
		}
		if _, is := o.(fyne.Scrollable); is {
			clip = own.And(clip)
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, x := range o.Objects {
				walk(x, at, clip, i)
			}
		case fyne.Widget:
			for _, x := range test.WidgetRenderer(o).Objects() {
				walk(x, at, clip, i)
			}
		}
		all[i].end = len(all)
	}
	walk(root, fyne.Position{}, screentest.Rect{Size: c.Size()}, -1)
	return all
}

// named is what the screen calls an object: by the innermost thing around it that has a
// name of that kind on it.
func named(all []node, o fyne.CanvasObject) (n names) {
	at := -1
	for i := range all {
		if all[i].object == o {
			at = i
		}
	}
	n.alert, n.task, n.patient = around(all, at, alertTag), around(all, at, taskTag), around(all, at, patientTag)
	return n
}

func around(all []node, at int, tag *regexp.Regexp) string {
	for ; at >= 0; at = all[at].parent {
		found := ""
		for _, n := range all[at:all[at].end] {
			for _, m := range tag.FindAllString(n.text, -1) {
				if found != "" && found != m {
					return "" // two: it is neither's
				}
				found = m
			}
		}
		if found != "" {
			return found
		}
	}
	return ""
}

// find is the first object of which is says yes, or nil.
func find(all []node, is func(fyne.CanvasObject) bool) fyne.CanvasObject {
	for _, n := range all {
		if is(n.object) {
			return n.object
		}
	}
	return nil
}

// underPointer is what the screen calls what lies under a point.
func (w *world) underPointer(p fyne.Position) names {
	all := look(w.person.Canvas)
	var o fyne.CanvasObject
	for _, n := range all {
		if _, is := n.object.(fyne.Tappable); is && n.seen.Holds(p) {
			o = n.object
		}
	}
	if o == nil {
		return names{}
	}
	return named(all, o)
}

// underKeys is what the screen calls what a key would act on: what has the focus; and for
// the letters of a screen, the patient whom that screen names.
func (w *world) underKeys() (focus, letters names) {
	all := look(w.person.Canvas)
	f, _ := w.person.Canvas.Focused().(fyne.CanvasObject)
	if f != nil {
		focus = named(all, f)
	}
	if _, is := f.(*widgets.Entry); is && w.shell.Place() == shell.Board && !w.shell.Modal() {
		focus.patient = only(all) // Enter in the search: the one patient that it found
	}
	by := find(all, func(o fyne.CanvasObject) bool {
		switch o := o.(type) {
		case *widgets.PatientBanner:
			return w.shell.Place() == shell.Patient
		case *widgets.Button:
			return w.shell.Place() == shell.Board &&
				(o.SpotText() == "Make mine" || o.SpotText() == "Give back" || o.SpotText() == "Give to…")
		}
		return false
	})
	if by != nil {
		letters = named(all, by)
	}
	return focus, letters
}

// only is the one patient on the board, or "".
func only(all []node) (one string) {
	for i, n := range all {
		switch n.object.(type) {
		case *widgets.Tile, *widgets.Line:
		default:
			continue
		}
		name := around(all[:all[i].end], i, patientTag)
		if one != "" && name != "" && name != one {
			return ""
		}
		if name != "" {
			one = name
		}
	}
	return one
}
