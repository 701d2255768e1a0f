package window

import (
	"go/ast"
	"go/token"
	"slices"
)

// byName are functions by name; methods, which several types may have, after a dot.
type byName map[string][]*ast.FuncDecl

// nameOf is how [byName] calls a function.
func nameOf(d *ast.FuncDecl) string {
	if d.Recv != nil {
		return "." + d.Name.Name
	}
	return d.Name.Name
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

// names are what a function knows by a name of its own: what it was handed that knows no context, and the
// function literals that it keeps in variables.
type names struct {
	handed   []string
	literals map[string][]*ast.FuncLit
}

// within are the names of a function.
func within(d *ast.FuncDecl) names {
	of := names{literals: map[string][]*ast.FuncLit{}}
	for _, f := range d.Type.Params.List {
		t, is := f.Type.(*ast.FuncType)
		if !is || slices.ContainsFunc(t.Params.List, func(in *ast.Field) bool {
			of, is := in.Type.(*ast.SelectorExpr)
			return is && of.Sel.Name == "Context"
		}) {
			continue
		}
		for _, n := range f.Names {
			of.handed = append(of.handed, n.Name)
		}
	}
	ast.Inspect(d.Body, func(n ast.Node) bool {
		set, is := n.(*ast.AssignStmt)
		for i := 0; is && i < min(len(set.Lhs), len(set.Rhs)); i++ {
			name, named := set.Lhs[i].(*ast.Ident)
			if f, is := set.Rhs[i].(*ast.FuncLit); is && named {
				of.literals[name.Name] = append(of.literals[name.Name], f)
			}
		}
		return true
	})
	return of
}

// pathTo is the way from a body to something that is said, nil if there is none. It ends where it
// is asked whether the session is still the one, and where the person presses something anew: what
// is said before that is said to whomever. A function that is only named is taken to be called.
func (p byName) pathTo(body ast.Node, of names, seen map[string]bool) (path []string) {
	asked := asks(body)
	ast.Inspect(body, func(n ast.Node) bool {
		if path != nil || n != nil && asked.IsValid() && n.Pos() >= asked {
			return false
		}
		var name string
		switch n := n.(type) {
		case *ast.CallExpr:
			c := called(n)
			return !slices.Contains(bound, c) && !slices.Contains(later, c) // by itself
		case *ast.BinaryExpr:
			if y, is := n.Y.(*ast.Ident); is && y.Name == "nil" {
				return false // whether there is one
			}
		case *ast.SelectorExpr:
			name = "." + n.Sel.Name
			whole := n.Sel.Name
			if on, is := n.X.(*ast.SelectorExpr); is {
				whole = on.Sel.Name + name
			}
			if slices.Contains(says, n.Sel.Name) || slices.Contains(says, whole) {
				path = []string{whole}
			}
		case *ast.Ident:
			name = n.Name
			if slices.Contains(of.handed, name) {
				path = []string{name}
			}
		}
		if path != nil || name == "" || seen[name] {
			return path == nil
		}
		seen[name] = true
		for _, d := range p[name] {
			if on := p.pathTo(d.Body, names{}, seen); on != nil {
				path = append([]string{name}, on...)
			}
		}
		for _, f := range of.literals[name] {
			if on := p.pathTo(f.Body, of, seen); on != nil {
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
