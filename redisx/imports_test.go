package redisx_test

import (
	"os/exec"
	"strings"
	"testing"
)

// This package is a library of its own: of its module it imports nothing but
// redistest, and that in tests only; and the libraries it is measured against
// stay out of it.
func TestImportsNothingOfThisModule(t *testing.T) {
	t.Parallel()
	const module = "github.com/wardlight/wardlight/"
	for pkg, own := range map[string]string{"redisx": "redisx", "redisx/redistest": "redisx/redistest"} {
		out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", module+pkg).Output()
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for dep := range strings.Lines(string(out)) {
			dep = strings.TrimSpace(dep)
			for _, peer := range []string{"redsync", "redislock", "rueidis", "go-redis/cache", "alexedwards/scs"} {
				if strings.Contains(dep, peer) {
					t.Errorf("%s imports %s", pkg, dep)
				}
			}
			if after, ours := strings.CutPrefix(dep, module); ours {
				if after != own {
					t.Errorf("%s imports %s", pkg, dep)
				}
				seen++
			}
		}
		if seen == 0 {
			t.Errorf("the list of %s does not even hold itself: %q", pkg, out)
		}
	}
}
