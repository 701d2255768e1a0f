package redisx

import (
	"context"
	"fmt"
	"strings"
)

// Command is one command that a server knows.
type Command struct {
	Name  string // in lower case, with "|" before a subcommand
	Arity int    // with its name; negative: at least
	Key   int    // place of the first key, 0: none, or not at a fixed place
}

// Commands lists what the server knows, subcommands included. The user needs
// COMMAND.
func (c *Client) Commands(ctx context.Context) ([]Command, error) {
	ctx, cancel := c.call(ctx)
	defer cancel()
	reply, err := c.coord.Do(ctx, "command").Slice()
	if err != nil {
		return nil, wrap("command", err)
	}
	var all []Command
	var read func(entries []any)
	read = func(entries []any) {
		for _, e := range entries {
			f, _ := e.([]any)
			if len(f) < 6 {
				continue
			}
			name, _ := f[0].(string)
			arity, _ := f[1].(int64)
			key, _ := f[3].(int64)
			all = append(all, Command{strings.ToLower(name), int(arity), int(key)})
			if len(f) > 9 {
				below, _ := f[9].([]any)
				read(below)
			}
		}
	}
	read(reply)
	return all, nil
}

// Refusal asks what the server would say if a user sent a command: "" if it would
// carry it out. Nothing is carried out. The asking user needs ACL DRYRUN. A
// command of the wrong shape, and a user who is not there, are errors.
func (c *Client) Refusal(ctx context.Context, user string, command ...string) (string, error) {
	ctx, cancel := c.call(ctx)
	defer cancel()
	args := []any{"acl", "dryrun", user}
	for _, a := range command {
		args = append(args, a)
	}
	reply, err := c.coord.Do(ctx, args...).Text()
	switch {
	case err != nil:
		return "", wrap(fmt.Sprintf("dry run of %s as %s", command[0], user), err)
	case reply == "OK":
		return "", nil
	}
	return reply, nil
}

// Users are the names of the server's ACL users. The user needs ACL USERS.
func (c *Client) Users(ctx context.Context) ([]string, error) {
	ctx, cancel := c.call(ctx)
	defer cancel()
	names, err := c.coord.Do(ctx, "acl", "users").StringSlice()
	return names, wrap("acl users", err)
}
