package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/cmd/internal/enroll"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) enrollCommand() *cobra.Command {
	var from string
	var ask []string
	var force, remove bool
	var gone enroll.Removal
	c := &cobra.Command{Use: "enroll", Short: "Put this station's secrets into the keyring and try each link",
		Args: cobra.NoArgs,
		Long: "Put secrets into the operating system's keyring: " + strings.Join(enroll.Names, ", ") + `.

They come from a one-time file (--from), as "wardctl acl write" and "wardctl
lab-ca" make them, which is then overwritten and removed; or they are asked for,
without echo. No secret is taken from an argument. Each link is tried first, and
secrets that a link refuses are not kept. The audit trail gets a line for each.

With --remove it takes them out again, with the session's token and what signs the
audit trail: for a station that is given away or gets another use. Close the
station first. The record's key stays, unless --record-key is given and the recovery
key from paper is typed; without it nobody reads the record or its backups again.
A kiosk's secrets are systemd's: remove its files.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := site.Prepare(site.Options{Data: t.data})
			if err != nil {
				return err
			}
			if remove {
				return unenroll(cmd, s, gone)
			}
			if err := enroll.Ready(cmd.Context(), s); err != nil {
				return err
			}
			secrets, err := gather(cmd, s.Config, from, ask)
			if err != nil {
				return err
			}
			links, err := enroll.Enroll(cmd.Context(), s, secrets, force)
			for _, l := range links {
				state := "ok"
				if l.Err != nil {
					state = "does not work"
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%-8s %s\n", l.Name, state)
			}
			if err != nil {
				return err
			}
			if from != "" {
				if err := enroll.Shred(from); err != nil {
					return fmt.Errorf("the secrets are in the keyring, but %s could not be removed: %w", from, err)
				}
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d secrets in the keyring\n", len(secrets))
			return nil
		}}
	f := c.Flags()
	f.StringVar(&from, "from", "", "a one-time `file` with the secrets; it is removed")
	f.StringSliceVar(&ask, "ask", nil,
		"the `names` of the secrets to ask for (default: those that the configuration needs)")
	f.BoolVar(&force, "force", false, "keep secrets also if a link does not work")
	f.BoolVar(&remove, "remove", false, "take this station's secrets out of the keyring")
	f.BoolVar(&gone.RecordKey, "record-key", false,
		"with --remove: take the record's key, too; asks for the recovery key")
	f.StringSliceVar(&gone.Stations, "station", nil,
		"with --remove: other `names` under which `wardlight --station` ran here")
	for _, other := range []string{"from", "ask", "force"} {
		c.MarkFlagsMutuallyExclusive("remove", other)
	}
	return c
}

// unenroll takes the secrets out of the keyring and says which.
func unenroll(cmd *cobra.Command, s *site.Site, r enroll.Removal) (err error) {
	if r.RecordKey {
		if r.Proof, err = readSecret(cmd, "recovery key of the record: "); err != nil {
			return err
		}
	}
	removed, left, err := enroll.Remove(cmd.Context(), s, r)
	for _, name := range removed {
		fmt.Fprintf(cmd.OutOrStdout(), "%s removed\n", name)
	}
	if left {
		fmt.Fprintln(cmd.OutOrStdout(),
			site.RecordKey+" kept: the record and its backups are read with it; --record-key takes it, too")
	}
	if err == nil {
		fmt.Fprintf(cmd.OutOrStdout(), "%d secrets removed from the keyring\n", len(removed))
	}
	return err
}

// gather reads the secrets, from the file or by asking.
func gather(cmd *cobra.Command, c site.Config, from string, ask []string) (map[string]string, error) {
	if from != "" {
		return enroll.Read(from)
	}
	if ask == nil {
		ask = enroll.Needed(c)
	}
	secrets := map[string]string{}
	for _, name := range ask {
		if !slices.Contains(enroll.Names, name) {
			return nil, fmt.Errorf("no secret %q: use %s", name, strings.Join(enroll.Names, ", "))
		}
		if name == site.RedisKey {
			return nil, fmt.Errorf("a private key has many lines: give it by --from FILE")
		}
		secret, err := readSecret(cmd, name+": ")
		if err != nil {
			return nil, err
		}
		if secret == "" {
			return nil, fmt.Errorf("%s: nothing was typed", name)
		}
		secrets[name] = secret
	}
	if len(secrets) == 0 {
		return nil, fmt.Errorf(
			"the configuration asks for no secret: set redis.username or redis.tls.cert first, or name one with --ask")
	}
	return secrets, nil
}
