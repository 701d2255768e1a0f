//go:build !windows

package site

func computerPolicy() policy { return noPolicy{} }
