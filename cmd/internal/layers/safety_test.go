package layers

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each proof that the safety page names is a test that is there: a control without one
// is a promise. Seen red with a name cut short.
func TestProofsOfSafetyAreThere(t *testing.T) {
	root := filepath.Join("..", "..", "..")
	page, err := os.ReadFile(filepath.Join(root, "assets", "docs", "safety.md"))
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	test := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range test.FindAllStringSubmatch(string(text), -1) {
			there[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(string(page), "\n") {
		named := regexp.MustCompile(`Test[A-Z]\w+`).FindAllString(line, -1)
		for _, name := range named {
			if !there[name] {
				t.Errorf("line %d: there is no %s", n+1, name)
			}
		}
		if strings.HasPrefix(line, "| ") && !strings.HasPrefix(line, "| Hazard") && len(named) == 0 &&
			!strings.Contains(line, " tests") {
			t.Errorf("line %d names no proof", n+1)
		}
	}
}
