package window

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// notActs are the functions that ask who is signed in, ask a question or make an act without
// begins, and why they may.
var notActs = map[string]string{
	"begins": "is the beginning", "ask": "asks for an act that began",
	"onPicture": "draws", "prepare": "draws", "showFrame": "draws", "showLinks": "draws",
	"page": "reads what is drawn", "emergencyOver": "leaves a ward, for the session that it is of",
	"chosen": "brings the alert of a note that was clicked to the front",
	"New":    "asks who hears a note", "follow": "asks who answers alerts", "here": "asks who hears alerts",
	"lookForDrafts": "counts beside the window", "atDoor": "says it to nobody who is signed in",
	"uncovered": "brings back what was there",
	"openThen":  "turns to a chart: the record decides, and the chart says what it refused",
	"enter":     "asks at the door, of nobody who is signed in",
}

// Every act begins with begins: whatever else asks who is signed in, or asks a question by
// itself, is named here with the reason, and what is named here does.
//
// Seen red with compare asking signed in place of begins, and with askOfJump making an act of
// its own.
func TestEveryActBegins(t *testing.T) {
	files, err := filepath.Glob("*.go")
	must(t, err)
	found := map[string]bool{}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		must(t, err)
		for _, d := range f.Decls {
			fn, is := d.(*ast.FuncDecl)
			if is && fn.Body != nil && goesRound(fn.Body) {
				found[fn.Name.Name] = true
				if notActs[fn.Name.Name] == "" {
					t.Errorf("%s: %s does not begin with begins", path, fn.Name.Name)
				}
			}
		}
	}
	for name := range notActs {
		if !found[name] {
			t.Errorf("%s is named, and goes round nothing", name)
		}
	}
}

// goesRound reports whether a function asks who is signed in, makes an act of its own, or asks
// the shell to ask.
func goesRound(body ast.Node) (is bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		of, inner := sel.X.(*ast.SelectorExpr)
		is = is || sel.Sel.Name == "signed" || sel.Sel.Name == "actOf" ||
			sel.Sel.Name == "Ask" && inner && of.Sel.Name == "shell"
		return true
	})
	return is
}
