package acl

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/redisx"
)

// Hole is a difference between what a user may and what it should.
type Hole struct {
	User    string
	Command string
	Problem string
}

// String is the hole in words.
func (h Hole) String() string { return h.User + ": " + h.Command + ": " + h.Problem }

// Report is what a check found.
type Report struct {
	Commands int // the server knows
	Asked    int // questions
	Holes    []Hole
}

// checker asks a server what its users may.
type checker struct {
	ctx    context.Context
	server *redisx.Client
	known  map[string]redisx.Command
	report Report
}

// Check asks a live server, by ACL DRYRUN, whether each user can do all it needs
// and nothing else: every other command, every key and every channel of another
// use, and those of other programs. It changes nothing.
func Check(ctx context.Context, server *redisx.Client, k redisx.Keys, users []User) (Report, error) {
	all, err := server.Commands(ctx)
	if err != nil {
		return Report{}, err
	}
	c := &checker{ctx: ctx, server: server, known: map[string]redisx.Command{}, report: Report{Commands: len(all)}}
	for _, command := range all {
		c.known[command.Name] = command
	}
	for _, u := range users {
		if _, err := server.Refusal(ctx, u.Name, "ping"); err != nil {
			if !strings.Contains(err.Error(), "not found") {
				return c.report, err
			}
			c.hole(u.Name, "all", "the server has no such user")
			continue
		}
		rights := Rights(k, u.Role)
		if err := c.needs(u.Name, rights); err != nil {
			return c.report, err
		}
		if err := c.others(u.Name, rights, all); err != nil {
			return c.report, err
		}
		if err := c.foreign(u.Name, rights, places(k)); err != nil {
			return c.report, err
		}
	}
	return c.report, ctx.Err()
}

func (c *checker) hole(user, command, problem string) {
	c.report.Holes = append(c.report.Holes, Hole{user, command, problem})
}

func (c *checker) ask(user string, args []string) (string, error) {
	c.report.Asked++
	return c.server.Refusal(c.ctx, user, args...)
}

// needs asks for everything that the rights allow.
func (c *checker) needs(user string, rights []redisx.Right) error {
	for _, r := range rights {
		for _, command := range r.Commands {
			for _, at := range targets(r) {
				refusal, err := c.ask(user, c.shape(command, at))
				if err != nil {
					return err
				}
				if refusal != "" {
					c.hole(user, command, "is needed for "+r.Use+" and refused: "+refusal)
				}
			}
		}
	}
	return nil
}

// others asks for every command that no right names.
func (c *checker) others(user string, rights []redisx.Right, all []redisx.Command) error {
	allowed := map[string]bool{}
	for _, r := range rights {
		for _, command := range r.Commands {
			name, first, _ := strings.Cut(command, "|")
			allowed[command] = true
			if _, sub := c.known[command]; !sub && first != "" {
				allowed[name] = true // by its first argument: asked below
			}
		}
	}
	containers := map[string]bool{}
	for _, command := range all {
		if name, _, sub := strings.Cut(command.Name, "|"); sub {
			containers[name] = true
		}
	}
	for _, command := range all {
		name, _, sub := strings.Cut(command.Name, "|")
		switch {
		case allowed[command.Name], sub && allowed[name], noAuth[command.Name], containers[command.Name]:
			continue
		}
		refusal, err := c.ask(user, c.shape(command.Name, "x"))
		if err != nil {
			return err
		}
		if !strings.Contains(refusal, "to run") {
			c.hole(user, command.Name, "is not needed and allowed")
		}
	}
	if allowed["evalsha"] {
		refusal, err := c.ask(user, []string{"evalsha", strings.Repeat("0", 40), "0"})
		if err != nil {
			return err
		}
		if refusal == "" {
			c.hole(user, "evalsha", "runs any script")
		}
	}
	return nil
}

// noAuth are commands that Redis lets anybody send, before signing in.
var noAuth = map[string]bool{"auth": true, "hello": true, "quit": true, "reset": true}

// foreign asks for the allowed commands on keys and channels of other uses.
func (c *checker) foreign(user string, rights []redisx.Right, everywhere []redisx.Right) error {
	for _, r := range rights {
		for _, command := range r.Commands {
			channel := command == "subscribe" || command == "publish"
			if !channel && len(r.Keys) == 0 {
				continue
			}
			for _, place := range everywhere {
				at := place.Keys
				if channel {
					at = place.Channels
				}
				for _, pattern := range at {
					if may(rights, command, pattern, channel) {
						continue
					}
					refusal, err := c.ask(user, c.shape(command, sample(pattern)))
					if err != nil {
						return err
					}
					if refusal == "" {
						c.hole(user, command, "reaches "+sample(pattern)+", which it has no business with")
					}
				}
			}
		}
	}
	return nil
}

func may(rights []redisx.Right, command, pattern string, channel bool) bool {
	return slices.ContainsFunc(rights, func(r redisx.Right) bool {
		at := r.Keys
		if channel {
			at = r.Channels
		}
		return slices.Contains(r.Commands, command) && slices.Contains(at, pattern)
	})
}

// places are all keys and channels of this program, and some of others.
func places(k redisx.Keys) []redisx.Right {
	return append(Rights(k, Workstation), redisx.Right{Keys: []string{"other", "other:c:x", "w", ""},
		Channels: []string{"other", "__keyspace@0__:x", "__sentinel__:hello", ""}})
}

// targets are one key or channel for each pattern of a right.
func targets(r redisx.Right) []string {
	var out []string
	for _, p := range append(slices.Clone(r.Keys), r.Channels...) {
		out = append(out, sample(p))
	}
	if out == nil {
		return []string{"x"}
	}
	return out
}

func sample(pattern string) string { return strings.ReplaceAll(pattern, "*", "x") }

// shape is a command with as many arguments as it wants, all of them at.
func (c *checker) shape(command, at string) []string {
	args := strings.Split(command, "|")
	if args[0] == "evalsha" && len(args) > 1 {
		return append(args, "1", at)
	}
	if command == "publish" {
		return append(args, at, "x")
	}
	want := c.known[command].Arity
	for n := max(want, -want); len(args) < n; {
		args = append(args, at)
	}
	return args
}

// String is the report in words.
func (r Report) String() string {
	if len(r.Holes) == 0 {
		return fmt.Sprintf("%d questions over %d commands: each user can do what it needs and nothing else", r.Asked,
			r.Commands)
	}
	lines := make([]string, len(r.Holes))
	for i, h := range r.Holes {
		lines[i] = h.String()
	}
	return strings.Join(lines, "\n")
}
