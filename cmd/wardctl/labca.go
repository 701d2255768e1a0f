package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/cmd/internal/enroll"
	"github.com/wardlight/wardlight/cmd/internal/labca"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) labCACommand() *cobra.Command {
	var servers, clients []string
	c := &cobra.Command{Use: "lab-ca DIR", Short: "Make certificates for trying a secured site out",
		Args: cobra.ExactArgs(1),
		Long: `Make, or open, an authority in DIR and let it issue certificates: ECDSA P-256, for
a year. A server gets NAME.crt and NAME.key, to be named in redis.conf and
postgresql.conf; a station gets NAME.crt and NAME.enroll, a one-time file with its
private key for "wardctl enroll --from". The authority's own key lies beside them:
that is for a laboratory. A hospital has an authority of its own.`,
		Example: `  wardctl lab-ca ./lab --server redis=redis.example.org,10.0.0.5 --station ws-4b-1`,
		RunE: func(cmd *cobra.Command, args []string) error {
			ca, err := labca.Open(args[0])
			if err != nil {
				return err
			}
			for _, s := range servers {
				name, hosts, ok := strings.Cut(s, "=")
				if !ok || hosts == "" {
					return fmt.Errorf("--server %q: write NAME=HOST,HOST", s)
				}
				if err := ca.Server(name, strings.Split(hosts, ",")); err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "server %s: %s.crt, %s.key\n", name, name, name)
			}
			for _, name := range clients {
				if err := ca.Client(name); err != nil {
					return err
				}
				file := filepath.Join(args[0], name+".key")
				key, err := os.ReadFile(file)
				if err != nil {
					return err
				}
				if err := enroll.Write(filepath.Join(args[0], name+".enroll"),
					map[string]string{site.RedisKey: string(key)}); err != nil {
					return err
				}
				if err := enroll.Shred(file); err != nil {
					return err
				}
				fmt.Fprintf(cmd.OutOrStdout(), "station %s: %s.crt, %s.enroll\n", name, name, name)
			}
			return nil
		}}
	c.Flags().StringArrayVar(&servers, "server", nil,
		"`NAME=HOST,…`: a server and how it is reached; may be given several times")
	c.Flags().StringSliceVar(&clients, "station", nil,
		"a `name`: a certificate for this station; may be given several times")
	return c
}
