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

// says are the calls by which a person reads something.
var says = []string{"sayHere", "refuse", "showSignIn", "Failed", "SetEdit"}

// later are the calls that have their functions run later: beside the window, or on its goroutine
// after another.
var later = []string{"Do", "off", "last", "offAfter", "background", "givesBack", "audit", "AfterFunc", "Latest"}

// bound are the calls that run their function for one person alone, or for nobody.
var bound = []string{"forOnly", "atDoor"}

// forWhomever are the functions that run later, say something and are for whoever is there by then,
// and why they may be.
var forWhomever = map[string]string{
	".lock": "covers what is there, and says nothing", ".resume": "is at the start, before anybody is there",
}

// Whatever is said after work in the background is said through forOnly or atDoor: to whoever asked,
// or to nobody. What goes round it is named here with the reason, and what is named here does.
//
// Seen red with showPolicy, showOrSay and keep saying it to whoever is signed in.
func TestWhatIsLateIsSaidToWhoAsked(t *testing.T) {
	p := parsed(t)
	found := map[string]bool{}
	for name, decls := range p {
		for _, d := range decls {
			for _, body := range laterIn(d.Body) {
				path := p.pathTo(body, map[string]bool{})
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

// pathTo is the way from a body to something that is said, nil if there is none. It ends where it
// is asked whether the session is still the one, and where the person presses something anew.
func (p functions) pathTo(body ast.Node, seen map[string]bool) (path []string) {
	if p.asks(body) {
		return nil
	}
	ast.Inspect(body, func(n ast.Node) bool {
		var name string
		switch n := n.(type) {
		case *ast.CallExpr:
			switch c := called(n); {
			case slices.Contains(bound, c), slices.Contains(later, c):
				return false // by itself
			case path == nil && slices.Contains(says, c):
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
			if on := p.pathTo(d.Body, seen); on != nil {
				path = append([]string{name}, on...)
			}
		}
		return path == nil
	})
	return path
}

// asks reports whether a body asks if the person who began is there still, or is itself the
// beginning.
func (functions) asks(body ast.Node) (is bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			is = is || slices.Contains([]string{"mine", "isOn", "begins"}, called(call))
		}
		return !is
	})
	return is
}
