package window

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// says are the calls by which a person reads something, or is asked.
var says = []string{"sayHere", "refuse", "showSignIn", "Failed", "SetEdit", "shell.Say", "shell.Ask", "chart.Show"}

// later are the calls that have their functions run later: beside the window, or on its goroutine
// after another.
var later = []string{"Do", "off", "afterOthers", "offAfter", "background", "givesBack", "audit", "AfterFunc", "Latest"}

// bound are the calls that run their function for one person alone, or for nobody.
var bound = []string{"forOnly", "atDoor"}

// forWhomever are the functions that run later, say something and are for whoever is there by then,
// and why they may be.
var forWhomever = map[string]string{
	"New":    "draws a chart for the person whom it was read for: it asks for them itself",
	".unsay": "takes away what is said",
	".lock":  "covers what is there, and says nothing", ".resume": "is at the start, before anybody is there",
}

// Whatever is said after work in the background is said through forOnly or atDoor: to whoever asked,
// or to nobody. What goes round it is named here with the reason, and what is named here does. A
// function that is handed in may say anything: to call it is to say. One that is given a context works
// away from the window, and is looked at where it is written.
//
// Seen red with showPolicy, showOrSay, keep and openThen saying it to whoever is signed in.
func TestWhatIsLateIsSaidToWhoAsked(t *testing.T) {
	p := parsed(t)
	found := map[string]bool{}
	for name, decls := range p {
		for _, d := range decls {
			if plain := strings.TrimPrefix(name, "."); slices.Contains(later, plain) || slices.Contains(bound, plain) {
				continue // who hands it a function is looked at
			}
			for _, body := range laterIn(d.Body) {
				path := p.pathTo(body, handed(d), map[string]bool{})
				if path == nil {
					continue
				}
				path = append([]string{name}, path...)
				named := slices.IndexFunc(path, func(n string) bool { return forWhomever[n] != "" })
				if named < 0 {
					t.Errorf("said to whoever is there by then, by way of %v", path)
					continue
				}
				found[path[named]] = true
			}
		}
	}
	for name := range forWhomever {
		if !found[name] {
			t.Errorf("%s is named, and says nothing late", name)
		}
	}
}

// functions are a package's, by name; methods, which several types may have, after a dot.
type functions map[string][]*ast.FuncDecl

// parsed are the functions of this package.
func parsed(t *testing.T) functions {
	t.Helper()
	files, err := filepath.Glob("*.go")
	must(t, err)
	out := functions{}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		must(t, err)
		for _, d := range f.Decls {
			if fn, is := d.(*ast.FuncDecl); is && fn.Body != nil {
				name := fn.Name.Name
				if fn.Recv != nil {
					name = "." + name
				}
				out[name] = append(out[name], fn)
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

// laterIn are the arguments of all calls in a body that run them later.
func laterIn(body ast.Node) (out []ast.Node) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			out = append(out, n.Call)
		case *ast.CallExpr:
			if slices.Contains(later, called(n)) {
				for _, a := range n.Args {
					out = append(out, a)
				}
			}
		}
		return true
	})
	return out
}

// handed are the functions that a function is handed and that know no context.
func handed(d *ast.FuncDecl) (out []string) {
	for _, f := range d.Type.Params.List {
		t, is := f.Type.(*ast.FuncType)
		if !is || slices.ContainsFunc(t.Params.List, func(in *ast.Field) bool {
			of, is := in.Type.(*ast.SelectorExpr)
			return is && of.Sel.Name == "Context"
		}) {
			continue
		}
		for _, n := range f.Names {
			out = append(out, n.Name)
		}
	}
	return out
}

// speaks reports whether a call is by itself something that a person reads.
func speaks(call *ast.CallExpr, handed []string) bool {
	name := called(call)
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return slices.Contains(says, name) || slices.Contains(handed, name)
	case *ast.SelectorExpr:
		if of, is := f.X.(*ast.SelectorExpr); is && slices.Contains(says, of.Sel.Name+"."+name) {
			return true
		}
	}
	return slices.Contains(says, name)
}

// pathTo is the way from a body to something that is said, nil if there is none. It ends where it
// is asked whether the session is still the one, and where the person presses something anew: what
// is said before that is said to whomever.
func (p functions) pathTo(body ast.Node, handed []string, seen map[string]bool) (path []string) {
	asked := asks(body)
	ast.Inspect(body, func(n ast.Node) bool {
		if n != nil && asked.IsValid() && n.Pos() >= asked {
			return false
		}
		var name string
		switch n := n.(type) {
		case *ast.CallExpr:
			switch c := called(n); {
			case slices.Contains(bound, c), slices.Contains(later, c):
				return false // by itself
			case path == nil && speaks(n, handed):
				path = []string{c}
			}
			return path == nil
		case *ast.SelectorExpr:
			name = "." + n.Sel.Name
		case *ast.Ident:
			name = n.Name
		}
		if path != nil || seen[name] {
			return path == nil
		}
		seen[name] = true
		for _, d := range p[name] {
			if on := p.pathTo(d.Body, nil, seen); on != nil {
				path = append([]string{name}, on...)
			}
		}
		return path == nil
	})
	return path
}

// asks is where a body asks if the person who began is there still, or is itself the beginning;
// nowhere, if it does not. What it hands on to be run later is looked at by itself.
func asks(body ast.Node) (at token.Pos) {
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || at.IsValid() {
			return !at.IsValid()
		}
		c := called(call)
		if slices.Contains([]string{"mine", "isOn", "begins"}, c) {
			at = call.Pos()
		}
		return !slices.Contains(later, c) && !slices.Contains(bound, c)
	})
	return at
}
