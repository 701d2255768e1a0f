package window

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// What is read in the source here, and in late_source_test.go, is what no behaviour can show: that a function which
// nobody has thought of yet keeps to the two rules, too. late_test.go shows what becomes of those there are.

// notActs are the functions that ask who is signed in, ask a question or make an act without
// begins, and why they may.
var notActs = map[string]string{
	"begins": "is the beginning", "ask": "asks for an act that began",
	"readPages": "reads what is drawn", "showFrame": "draws", "showLinks": "draws", "showPage": "draws",
	"page": "reads what is drawn", "emergencyOver": "leaves a ward, for the session that it is of",
	"chosen":   "brings the alert of a note that was clicked to the front",
	"newNotes": "asks who hears a note", "follow": "asks who answers alerts", "here": "asks who hears alerts",
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
	found := map[string]bool{}
	for _, fn := range functions(t) {
		name := fn.Name.Name
		if !goesRound(fn.Body) {
			continue
		}
		found[name] = true
		if notActs[name] == "" {
			t.Errorf("%s does not begin with begins", name)
		}
	}
	for name := range notActs {
		if !found[name] {
			t.Errorf("%s is named, and goes round nothing", name)
		}
	}
}

// functions are those of this package, tests aside.
func functions(t *testing.T) (out []*ast.FuncDecl) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	must(t, err)
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		must(t, err)
		for _, d := range f.Decls {
			if fn, is := d.(*ast.FuncDecl); is && fn.Body != nil {
				out = append(out, fn)
			}
		}
	}
	return out
}

// called is the name of what is called.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
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
