package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/wardlight/wardlight/cmd/internal/acl"
	"github.com/wardlight/wardlight/cmd/internal/enroll"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
)

func (t *tool) aclCommand() *cobra.Command {
	parent := &cobra.Command{Use: "acl", Short: "Who may do what on the site's Redis"}
	parent.AddCommand(aclWrite(), t.aclCheck())
	return parent
}

func aclWrite() *cobra.Command {
	var out, secrets, keep string
	var both bool
	var stations []string
	c := &cobra.Command{Use: "write",
		Short: "Write the ACL file of this release, and a file for `wardctl enroll` for each new user",
		Args:  cobra.NoArgs,
		Long: "Write the ACL file of this release: the users " + strings.Join(acl.Roles,
			", ") + `, each with what it needs and nothing else.

Passwords are made here. The server's file holds their hashes only; each password
goes into a file of its own, for "wardctl enroll --from FILE", which removes it.
With --keep the users of an earlier file keep their passwords. Redis does not
replicate users: the file goes to every server, named by "aclfile" in redis.conf,
and is read again by ACL LOAD.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			users, err := aclUsers(stations)
			if err != nil {
				return err
			}
			old, scripts := map[string]string{}, map[string][]string{}
			if both && keep == "" {
				return errors.New("--both needs --keep FILE, the file of the other release")
			}
			if keep != "" {
				text, err := os.ReadFile(keep)
				if err != nil {
					return err
				}
				if old = acl.Hashes(string(text)); len(old) == 0 {
					return fmt.Errorf("%s holds no users of an ACL file", keep)
				}
				if both {
					scripts = acl.Scripts(string(text))
				}
			}
			k, err := plainKeys()
			if err != nil {
				return err
			}
			for i, u := range users {
				users[i].Also = scripts[u.Name]
				if users[i].Hash = old[u.Name]; users[i].Hash != "" {
					continue
				}
				if secrets == "" {
					return fmt.Errorf("%s is new: say with --secrets DIR where its password goes", u.Name)
				}
				password, hash := acl.Password()
				users[i].Hash = hash
				file := filepath.Join(secrets, u.Name+".enroll")
				if err := enroll.Write(file, map[string]string{site.RedisPassword: password}); err != nil {
					return err
				}
				fmt.Fprintf(cmd.ErrOrStderr(), "%s: password in %s\n", u.Name, file)
			}
			text := acl.File(k, users)
			if out == "" {
				_, err := io.WriteString(cmd.OutOrStdout(), text)
				return err
			}
			return os.WriteFile(out, []byte(text), 0o600)
		}}
	f := c.Flags()
	f.StringVar(&out, "out", "", "the ACL `file` to write (default: the standard output)")
	f.StringVar(&secrets, "secrets", "", "an existing `folder` for the passwords' files")
	f.StringVar(&keep, "keep", "", "an ACL `file` of an earlier release, whose passwords stay")
	f.BoolVar(&both, "both", false,
		"with --keep: stations of that release go on working, until the file is written without it")
	f.StringSliceVar(&stations, "station", nil,
		"a `name`: a user of its own for this station; may be given several times")
	return c
}

// aclUsers are one user of each role, or one workstation for each name.
func aclUsers(stations []string) ([]acl.User, error) {
	var users []acl.User
	for _, role := range acl.Roles {
		if role == acl.Workstation && len(stations) > 0 {
			for _, name := range stations {
				if !acl.ValidName(name) {
					return nil, fmt.Errorf("--station %q: letters, digits, dots and dashes make a user's name", name)
				}
				users = append(users, acl.User{Name: name, Role: role})
			}
			continue
		}
		users = append(users, acl.User{Name: role, Role: role})
	}
	return users, nil
}

// plainKeys are the names under which every site keeps its keys.
func plainKeys() (redisx.Keys, error) {
	c, err := redisx.Open(redisx.Config{})
	if err != nil {
		return redisx.Keys{}, err
	}
	return c.Keys(), c.Close()
}

func (t *tool) aclCheck() *cobra.Command {
	var user string
	var addrs, stations []string
	c := &cobra.Command{Use: "check",
		Short: "Prove on the live servers that each user can do what it needs and nothing else", Args: cobra.NoArgs,
		Long: `Ask each server, by ACL DRYRUN, about every command it knows for every user, and
about the keys and channels of every other use. Nothing is carried out. It also
tries whether somebody is let in without signing in. The password of the asking
user is read from the terminal or the standard input.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			users, err := aclUsers(stations)
			if err != nil {
				return err
			}
			s, err := site.Prepare(site.Options{Data: t.data})
			if err != nil {
				return err
			}
			cfg, err := s.RedisConfig()
			if err != nil {
				return err
			}
			if cfg.Username = user; user == "" {
				cfg.Username = s.Config.Redis.Username
			} else {
				password, err := readSecret(cmd, "Password of "+user+": ")
				if err != nil {
					return err
				}
				cfg.Password = func() string { return password }
			}
			return checkEach(cmd, cfg, addrs, users)
		}}
	f := c.Flags()
	f.StringVar(&user, "user", acl.Operations, "who asks; empty: the site's own user and its password")
	f.StringSliceVar(&addrs, "addr", nil, "a server's `host:port`; may be given several times (default: the site's)")
	f.StringSliceVar(&stations, "station", nil, "as in acl write")
	return c
}

// checkEach checks servers one by one: users are not replicated.
func checkEach(cmd *cobra.Command, cfg redisx.Config, addrs []string, users []acl.User) error {
	configs := []redisx.Config{cfg}
	if len(addrs) == 0 && cfg.MasterName == "" {
		addrs = cfg.Addrs
	}
	if len(addrs) > 0 {
		configs = nil
		for _, addr := range addrs {
			one := cfg
			one.Addrs, one.MasterName, one.Cluster = []string{addr}, "", false
			configs = append(configs, one)
		}
	}
	holes := 0
	for _, cfg := range configs {
		found, err := checkOne(cmd, cfg, users)
		if err != nil {
			return err
		}
		holes += found
	}
	if holes > 0 {
		return fmt.Errorf("%d holes: load the file of `wardctl acl write` on every server", holes)
	}
	return nil
}

func checkOne(cmd *cobra.Command, cfg redisx.Config, users []acl.User) (int, error) {
	where := strings.Join(cfg.Addrs, ",")
	client, err := redisx.Open(cfg)
	if err != nil {
		return 0, err
	}
	defer client.Close()
	report, err := acl.Check(cmd.Context(), client, client.Keys(), users)
	if err != nil {
		return 0, explained(err)
	}
	stranger := cfg
	stranger.Username, stranger.Password = "", nil
	if open, err := letsIn(cmd.Context(), stranger); err != nil {
		return 0, err
	} else if open {
		report.Holes = append(report.Holes,
			acl.Hole{User: "default", Command: "ping", Problem: "the server lets anybody in"})
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s\n%s\n", where, report)
	names, err := client.Users(cmd.Context())
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		if name != "default" && !slices.ContainsFunc(users, func(u acl.User) bool { return u.Name == name }) {
			fmt.Fprintf(cmd.OutOrStdout(), "not checked: %s, a user of your own: what may it do?\n", name)
		}
	}
	return len(report.Holes), nil
}

// letsIn reports whether a server answers somebody who did not sign in.
func letsIn(ctx context.Context, cfg redisx.Config) (bool, error) {
	c, err := redisx.Open(cfg)
	if err != nil {
		return false, err
	}
	defer c.Close()
	if _, err := c.Ping(ctx); errors.Is(err, redisx.ErrNoPermission) {
		return false, nil
	} else if err != nil {
		return false, explained(err)
	}
	return true, nil
}

// readSecret reads one line: without echo from a terminal, as it is from a pipe.
func readSecret(cmd *cobra.Command, prompt string) (string, error) {
	if f, ok := cmd.InOrStdin().(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(cmd.ErrOrStderr(), prompt)
		typed, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(cmd.ErrOrStderr())
		return string(typed), err
	}
	line, err := bufio.NewReader(io.LimitReader(cmd.InOrStdin(), 4<<10)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}
