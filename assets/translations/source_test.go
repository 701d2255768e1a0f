package translations_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// shown are the sources whose texts reach a screen: every text in them is said by
// app/tongue. Fixtures, and tools of tests, are not.
var shown = []string{"ui/", "app/board/build.go", "app/board/chips.go", "app/board/lookalike.go", "app/board/marks.go",
	"app/board/parked.go", "app/patient/born.go", "app/alert/card.go", "app/alert/call.go", "app/alert/policy.go",
	"app/chart/chart.go", "app/patient/patient.go", "app/staff/staff.go", "app/vitals/due.go", "app/vitals/news2.go",
	"app/vitals/observation.go",
	"cmd/wardlight/problem.go", "cmd/wardlight/station.go"}

var unshown = []string{"ui/fixture/", "ui/screentest/", "ui/spots/", "ui/dispatch/", "ui/theme/"}

// key is a text as the source says it.
type key struct {
	text, one string // one: the form for a single thing
	at        string
}

// sources are what all programs say, by key, and what they show without a lookup.
func sources(t *testing.T) (keys map[string]key, bare []string) {
	t.Helper()
	keys = map[string]key{}
	files := token.NewFileSet()
	for _, top := range []string{"app", "ui", "cmd/wardlight", "cmd/storybook"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			rel, _ := filepath.Rel(root, path)
			rel = filepath.ToSlash(rel)
			f, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			s := source{files: files, rel: rel, keys: keys}
			ast.Walk(&s, f)
			starts := func(p string) bool { return strings.HasPrefix(rel, p) }
			if slices.ContainsFunc(shown, starts) && !slices.ContainsFunc(unshown, starts) {
				bare = append(bare, s.bare...)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return keys, bare
}

// source walks one file.
type source struct {
	files *token.FileSet
	rel   string
	keys  map[string]key
	bare  []string
}

// Visit implements [ast.Visitor]. It goes round what no person reads: names,
// errors, logs, comparisons, keys of maps.
func (s *source) Visit(n ast.Node) ast.Visitor {
	switch x := n.(type) {
	case *ast.ImportSpec:
		return nil
	case *ast.Field:
		if x.Tag != nil {
			return nil
		}
	case *ast.FuncDecl:
		if x.Recv != nil && x.Name.Name == "Error" {
			return nil
		}
	case *ast.ValueSpec:
		if _, named := x.Type.(*ast.Ident); named && len(x.Values) > 0 {
			if _, is := literal(x.Values[0]); is {
				return nil // a word of an enumeration: what is stored, not what is said
			}
		}
	case *ast.CaseClause:
		for _, b := range x.Body {
			ast.Walk(s, b)
		}
		return nil
	case *ast.BinaryExpr:
		if x.Op == token.EQL || x.Op == token.NEQ {
			return nil
		}
	case *ast.IndexExpr:
		ast.Walk(s, x.X)
		return nil
	case *ast.KeyValueExpr:
		ast.Walk(s, x.Value)
		return nil
	case *ast.CallExpr:
		return s.call(x)
	case *ast.BasicLit:
		if text, is := literal(x); is && visible(text) {
			s.bare = append(s.bare, fmt.Sprintf("%s: %s", s.position(x), x.Value))
		}
	}
	return s
}

func (s *source) position(n ast.Node) string {
	return fmt.Sprintf("%s:%d", s.rel, s.files.Position(n.Pos()).Line)
}

// silent are calls whose texts no person of the ward reads.
var silent = set(strings.Fields(
	`errors.New fmt.Errorf panic spots.Mark spots.Name regexp.MustCompile time.ParseInLocation strings.ContainsAny strings.Trim
	os.Getenv fyne.NewStaticResource strings.Fields slog.New`))

var silentMethods = set(strings.Fields(`Named Warn Error Info Debug`))

func (s *source) call(c *ast.CallExpr) ast.Visitor {
	name := ""
	switch f := c.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		if x, is := f.X.(*ast.Ident); is {
			name = x.Name + "." + f.Sel.Name
		}
		if silentMethods[f.Sel.Name] {
			ast.Walk(s, f.X)
			return nil
		}
	}
	if silent[name] {
		aside := *s // what is said in it is said, and nothing in it is shown as it stands
		for _, a := range c.Args {
			ast.Walk(&aside, a)
		}
		return nil
	}
	from := 0
	switch name {
	case "tongue.T", "tongue.Tf", "tongue.Key":
		from = 1
		s.say(c, 0, -1)
	case "tongue.N":
		from = 3
		s.say(c, 2, 1)
	case "tongue.Date":
		from = 2
		s.say(c, 1, -1)
	default:
		return s
	}
	for _, a := range c.Args[from:] {
		ast.Walk(s, a)
	}
	return nil
}

// say notes a key.
func (s *source) say(c *ast.CallExpr, at, one int) {
	text, is := literal(c.Args[at])
	if !is {
		return // a variable's: marked where it is made
	}
	k := key{text: text, at: s.position(c)}
	if one >= 0 {
		k.one, _ = literal(c.Args[one])
	}
	s.keys[text] = k
}

func literal(e ast.Expr) (string, bool) {
	l, is := e.(*ast.BasicLit)
	if !is || l.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(l.Value)
	return text, err == nil
}
