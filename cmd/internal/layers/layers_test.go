package layers

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const module = "github.com/wardlight/wardlight/"

type pkg struct {
	ImportPath                         string
	Imports, Deps                      []string
	TestImports, XTestImports, GoFiles []string
}

// list asks the Go tool for every package, for one system. It builds nothing;
// with the tag ci, and without cgo, it can do so for systems that are not here.
func list(t *testing.T, env ...string) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-tags=ci", "-json=ImportPath,Imports,Deps,TestImports,XTestImports,GoFiles",
		"./...")
	cmd.Dir = "../../.."
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// floor is the first folder of a package of this module; "" for others.
func floor(importPath string) string {
	rest, ok := strings.CutPrefix(importPath, module)
	if !ok {
		return ""
	}
	first, _, _ := strings.Cut(rest, "/")
	return first
}

// below says what each floor may import of this module. Assets are data and how
// to put it in the record: nothing of the ward's own floors depends on them
// except the programs and the screens.
var below = map[string][]string{
	"cmd":    {"cmd", "ui", "app", "redisx", "assets"},
	"ui":     {"ui", "app", "assets"},
	"app":    {"app", "redisx"},
	"redisx": {"redisx"},
	"assets": {"assets", "app"},
}

// Seen red with an import of ui in app/board and of go-redis in app/staff.
func TestFloors(t *testing.T) {
	for _, system := range [][]string{{"GOOS=linux"}, {"GOOS=windows"}, {"GOOS=darwin"}} {
		for _, p := range list(t, append(system, "CGO_ENABLED=0")...) {
			own := floor(p.ImportPath)
			allowed, ok := below[own]
			if !ok {
				t.Errorf("%s: no such floor as %q", p.ImportPath, own)
			}
			for _, dep := range p.Imports {
				if f := floor(dep); f != "" && !contains(allowed, f) {
					t.Errorf("%s imports %s: %s may only stand on %v", p.ImportPath, dep, own, allowed)
				}
				if strings.HasPrefix(dep, "github.com/redis/go-redis") && own != "redisx" {
					t.Errorf("%s imports %s: Redis is spoken in redisx only", p.ImportPath, dep)
				}
				if dep == "fyne.io/fyne/v2/app" && own != "cmd" {
					t.Errorf("%s imports %s: it pulls in OpenGL; only programs open windows", p.ImportPath, dep)
				}
			}
			for _, dep := range p.Deps {
				if strings.HasPrefix(dep, "fyne.io/") && (own == "app" || own == "redisx") {
					t.Errorf("%s depends on %s: no toolkit below ui", p.ImportPath, dep)
					break
				}
				if own == "redisx" && strings.HasPrefix(dep, module) && floor(dep) != "redisx" {
					t.Errorf("%s depends on %s: redisx stands alone", p.ImportPath, dep)
				}
			}
		}
	}
}

func contains(all []string, s string) bool {
	for _, a := range all {
		if a == s {
			return true
		}
	}
	return false
}

// banned lists calls that stand nowhere but in the places named, and why.
var banned = []struct {
	call   *regexp.Regexp
	except string // folder where it may stand
	within string // the one part where it may not; "": everywhere
	why    string
}{
	{regexp.MustCompile(`\.SendNotification\(`), "", "",
		"it runs foreign text through a shell on Windows and blocks the window on Linux"},
	{regexp.MustCompile(`\bfyne\.Do(AndWait)?\b`), "ui/dispatch", "",
		"one seam to the window's thread keeps the screens testable"},
	{regexp.MustCompile(`\.Channel\(\)`), "", "", "go-redis' channel drops messages and does not notice a dead link"},
	{regexp.MustCompile(`\bslices\.Sort|\bsort\.(Slice|Sort|Stable|Strings|Ints|Float64s)`), "", "ui/screen/",
		"a screen is given what it shows in order: it draws on the window's goroutine, with every picture"},
	{regexp.MustCompile(`(==|!=) tongue\.(T|Tf|N)\(|` +
		`strings\.(TrimPrefix|TrimSuffix|Cut\w*|Contains|HasPrefix|HasSuffix|Index|Split)\([^)]*tongue\.`),
		"", "ui/", "what is said is another text in another language: ask what it stands for"},
}

// Seen red with each call put into app/board, and with the tasks of a chart sorted and
// "0 sent" compared where they are drawn.
func TestBannedCalls(t *testing.T) {
	root := "../../.."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && rel != "." || d.Name() == "layers" ||
			d.Name() == "bench") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for n, line := range strings.Split(string(text), "\n") {
			code, _, _ := strings.Cut(line, "//")
			for _, b := range banned {
				at := filepath.ToSlash(rel)
				free := b.within != "" && (!strings.HasPrefix(at, b.within) || strings.HasSuffix(at, "_test.go"))
				if b.call.MatchString(code) && !free && (b.except == "" || !strings.HasPrefix(at, b.except)) {
					t.Errorf("%s:%d: %s: %s", rel, n+1, strings.TrimSpace(line), b.why)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The top level is a card that stands.
func TestTopLevel(t *testing.T) {
	want := "cmd ui app redisx assets FyneApp.toml go.mod go.sum Makefile README.md LICENSE CHANGELOG.md CONTRIBUTING.md SECURITY.md"
	tracked, err := exec.Command("git", "-C", "../../..", "ls-tree", "--name-only", "HEAD").Output()
	if err != nil {
		t.Skip("not a git checkout: the top level cannot be told from build output")
	}
	for _, name := range strings.Fields(string(tracked)) {
		if !strings.HasPrefix(name, ".") && !contains(strings.Fields(want), name) {
			t.Errorf("%s does not belong on the top level", name)
		}
	}
}
