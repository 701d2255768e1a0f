package redisx

import (
	"fmt"
	"strconv"
	"strings"
)

// version is major, minor, patch.
type version [3]int

func readVersion(s string) (v version, ok bool) {
	parts := strings.SplitN(s, ".", 3)
	if len(parts) != 3 {
		return v, false
	}
	for i, p := range parts {
		// "8.0-rc1" and its like: the digits in front count.
		digits := strings.IndexFunc(p, func(r rune) bool { return r < '0' || r > '9' })
		if digits >= 0 {
			p = p[:digits]
		}
		n, err := strconv.Atoi(p)
		if err != nil {
			return v, false
		}
		v[i] = n
	}
	return v, true
}

func (v version) less(w version) bool {
	for i := range v {
		if v[i] != w[i] {
			return v[i] < w[i]
		}
	}
	return false
}

// flaw is a published weakness that reaches what this package uses: scripts,
// blocking reads, or the connection itself. A version is affected if it is in
// one of the ranges: from (included) up to fixed (excluded).
type flaw struct {
	name   string
	what   string
	ranges [][2]version
}

var flaws = []flaw{
	{"CVE-2024-31449", "a script can overrun the server's stack", [][2]version{
		{{}, {6, 2, 16}}, {{7, 0, 0}, {7, 2, 6}}, {{7, 4, 0}, {7, 4, 1}}}},
	{"CVE-2024-46981", "a script can run code in the server", [][2]version{
		{{}, {6, 2, 17}}, {{7, 0, 0}, {7, 2, 7}}, {{7, 4, 0}, {7, 4, 2}}}},
	{"CVE-2025-21605", "a client that did not sign in can use up the memory", [][2]version{
		{{2, 6, 0}, {6, 2, 18}}, {{7, 0, 0}, {7, 2, 8}}, {{7, 4, 0}, {7, 4, 3}}}},
	{"CVE-2025-49844", "a script can run code in the server", [][2]version{
		{{}, {6, 2, 20}}, {{7, 0, 0}, {7, 2, 11}}, {{7, 4, 0}, {7, 4, 6}}, {{8, 0, 0}, {8, 0, 4}},
		{{8, 2, 0}, {8, 2, 2}}}},
	{"CVE-2026-23479", "a blocking command can bring the server down", [][2]version{
		{{7, 2, 0}, {8, 6, 3}}}},
}

// oldest is what the scripts and the tests of this package are made for.
var oldest = version{7, 0, 0}

// Holes says what is known against a version of the server, as [Health] has it.
func Holes(version string) []string { return versionWarnings(version) }

// versionWarnings says what is known against a version. Distributors repair
// weaknesses without a new version number, so these are questions to ask.
func versionWarnings(s string) []string {
	v, ok := readVersion(s)
	if !ok {
		return []string{fmt.Sprintf("the server does not tell its version (%q)", s)}
	}
	var out []string
	if v.less(oldest) {
		out = append(out, fmt.Sprintf("Redis %s is older than 7.0, which this program is made for", s))
	}
	for _, f := range flaws {
		for _, r := range f.ranges {
			if !v.less(r[0]) && v.less(r[1]) {
				out = append(out,
					fmt.Sprintf("Redis %s: %s: %s, unless your distributor has repaired it", s, f.name, f.what))
				break
			}
		}
	}
	return out
}
