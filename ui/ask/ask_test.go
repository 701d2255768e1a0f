package ask_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// ofNobody are the dialogs that act on no patient. SignOut names the patient of each alert in
// a line of its own, Drafts over each of its choices.
var ofNobody = []string{"Emergency", "Policy", "Wards", "Station", "NoSound", "Heard", "Louder", "Drafts", "SignOut",
	"SignOutInDoubt"}

// all is one of each dialog of this package.
func all() map[string]shell.Dialog {
	p, c := fixture.Chart(), fixture.Alerts().Open[0].Card
	s, now := p.Summary, fixture.Now
	t := task.Task{Kind: task.Medicine, Text: "Paracetamol", Dose: "1 g", Due: now, Closed: now}
	page, theirs, mine := fixture.TwoSets()
	return map[string]shell.Dialog{
		"Together": ask.Together(c, []alert.Card{c, c}), "TurnDown": ask.TurnDown(c, nil, nil),
		"TakeBack": ask.TakeBack(c, nil), "End": ask.End(c, "diaz", nil), "ForwardTo": ask.ForwardTo(c, nil),
		"Forward": ask.Forward(c, "Diaz, M", nil), "TakeOver": ask.TakeOver(p, chart.Notes, nil),
		"Late":      ask.Late(s, widgets.Pair{Left: "Section", Right: "Notes"}, "gone", nil),
		"Change":    ask.Change(s, "The set of 13:54 by Chen, A", nil),
		"Discard":   ask.Discard(s, chart.Notes, nil, nil, nil),
		"Scale2":    ask.Scale2(s, "", nil),
		"EndScale2": ask.EndScale2(s, nil), "NoteProblem": ask.NoteProblem(s, nil),
		"Resolve": ask.Resolve(s, patient.Problem{Text: "Falls"}, nil),
		"Doubt":   ask.Doubt(s, task.DoubtError{Task: t}, "", now, nil), "NotDone": ask.NotDone(s, t, nil),
		"InError": ask.InError(s, t, now, nil), "NewTask": ask.NewTask(s, nil),
		"LooksAfter": ask.LooksAfter(board.Row{Bed: "07", Surname: "ADELEKE", Given: "Folasade", MRN: "710 4821"}, nil),
		"Jumped":     ask.Jumped(page, vitals.Jump{Before: theirs, After: mine}, now),
		"SetsApart":  ask.SetsApart(page, theirs, mine, now), "Drafts": ask.Drafts(nil, now),
		"SignOut":        ask.SignOut(ask.Leaving{Held: []alert.Card{c}}, nil, nil),
		"SignOutInDoubt": ask.SignOutInDoubt(ask.Leaving{}, nil, nil), "Emergency": ask.Emergency(ward.Ward{ID: "4B"}),
		"Policy": ask.Policy(ward.Ward{ID: "4B"}, alert.DefaultPolicy()), "Wards": ask.Wards(nil),
		"Station": ask.Station(nil), "NoSound": ask.NoSound(""), "Heard": ask.Heard(false, nil, nil),
		"Louder": ask.Louder(),
	}
}

// Every dialog that acts on a patient names them by name, date of birth, number and bed. A
// dialog that is added to this package is walked, and one that is made elsewhere fails: so none
// that acts on a patient can be made without.
//
// Seen red with Whom taken out of InError, with a dialog left out of the list, and with one
// made in the window.
func TestEveryDialogNamesPatientAndBed(t *testing.T) {
	made := all()
	for name, d := range made {
		w := d.Whom
		switch nobody := slices.Contains(ofNobody, name); {
		case nobody && w.Is():
			t.Errorf("%s acts on nobody and names %+v", name, w)
		case !nobody && (w.Name == "" || w.Born == "" || w.MRN == "" ||
			!strings.Contains(strings.ToLower(w.Place), "bed ")):
			t.Errorf("%s (%q) names %+v", name, d.Title, w)
		}
	}
	if got := strings.ReplaceAll(made["SignOut"].Pairs[0].Right, "\u00a0", " "); !strings.Contains(got, "bed ") ||
		!strings.Contains(got, "MRN") {
		t.Errorf("signing out names %q", got)
	}
	for _, name := range makers(t) {
		if _, is := made[name]; !is {
			t.Errorf("ask.%s is not walked", name)
		}
	}
}

// makers are the functions of this package that make a dialog.
func makers(t *testing.T) (names []string) {
	t.Helper()
	each(t, ".", func(_ string, f *ast.File) {
		for _, d := range f.Decls {
			fn, is := d.(*ast.FuncDecl)
			if is && fn.Name.IsExported() && fn.Type.Results != nil && isDialog(fn.Type.Results.List[0].Type) {
				names = append(names, fn.Name.Name)
			}
		}
	})
	return names
}

// No dialog is made outside this package, but the two of the shell that list keys and commands.
func TestDialogsAreMadeHere(t *testing.T) {
	each(t, "..", func(path string, f *ast.File) {
		if dir := filepath.Base(filepath.Dir(path)); dir == "ask" || dir == "shell" {
			return
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, is := n.(*ast.CompositeLit); is && isDialog(lit.Type) {
				t.Errorf("%s makes a dialog: put it into ui/ask", path)
			}
			return true
		})
	})
}

func isDialog(e ast.Expr) bool {
	sel, is := e.(*ast.SelectorExpr)
	if !is {
		return false
	}
	of, is := sel.X.(*ast.Ident)
	return is && of.Name == "shell" && sel.Sel.Name == "Dialog"
}

// each reads the sources below a directory, tests left out.
func each(t *testing.T, root string, do func(path string, f *ast.File)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err == nil {
			do(path, f)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Where no bed is known the head says so: a bed that is left out would look forgotten.
func TestThePlaceIsAlwaysSaid(t *testing.T) {
	gone, without := patient.Summary{}, patient.Summary{Ward: "4B"}
	nameless := alert.Card{Alert: alert.Alert{Priority: alert.High, Sent: "99999", Bed: "12"}}
	for want, w := range map[string]shell.Whom{"on no ward": ask.OfSummary(gone), "4B, No bed": ask.OfSummary(without),
		"No bed": ask.OfCard(alert.Card{Alert: alert.Alert{Patient: "p"}}), "Bed sent: 12.": ask.OfCard(nameless)} {
		if w.Place != want || w.Name == "" {
			t.Errorf("%+v, want %q", w, want)
		}
	}
	device := ask.OfCard(alert.Card{Alert: alert.Alert{Priority: alert.Technical}})
	if device.Is() {
		t.Errorf("a device's alert is of %+v", device)
	}
}
