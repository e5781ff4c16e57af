#!/bin/sh
# Make .venv with everything the project needs; safe to run again. Usage: tools/setup.sh [GROUP…] (dev, docs, spark)
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "需要 CPython 3.11 或更高版本；可用 PYTHON=路径 指定解释器。" >&2
    exit 2
}

# durable-rules comes as source only: it needs a C compiler and the Python headers.
has_toolchain() {
    command -v cc >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || return 1
    "$python" -c 'import os, sysconfig, venv, ensurepip
raise SystemExit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' 2>/dev/null
}
if ! has_toolchain; then
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        apt-get update -qq
        apt-get install -y -qq gcc libc6-dev python3-dev python3-venv
    else
        echo "缺少 C 编译器、Python 头文件或 venv 模块；请先安装（Debian：apt-get install gcc python3-dev python3-venv）。" >&2
        exit 2
    fi
fi

# Spark runs on Java; without it everything else works, and the tests that need it say so and are skipped.
case " $* " in *" spark "*)
    if ! command -v java >/dev/null 2>&1 && [ ! -x "${JAVA_HOME:-}/bin/java" ]; then
        if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
            apt-get update -qq
            apt-get install -y -qq default-jre-headless
        else
            echo "没有 Java：Spark 的测试会跳过。Debian 上用 apt-get install default-jre-headless 安装（须是 17 或更高版本）。" >&2
        fi
    fi
    ;;
esac

[ -x .venv/bin/python ] || "$python" -m venv .venv
# From 3.13 on the sdist builds only with this definition (the old call name left the headers).
if .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 13))'; then
    CPPFLAGS="${CPPFLAGS:-} -DPyEval_CallObject=PyObject_CallObject"
    export CPPFLAGS
fi
.venv/bin/python -m pip install --quiet --upgrade 'pip>=25.1'

# The tests of databases start a server of their own; without one they are skipped and say so.
needs_postgres() {
    case " $* " in *" dev "*) ;; *) return 1 ;; esac
    command -v initdb >/dev/null 2>&1 && return 1
    for program in /usr/lib/postgresql/*/bin/initdb; do [ -x "$program" ] && return 1; done
    command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]
}
if needs_postgres "$@"; then
    # Only the programs: no cluster of the system's is made or started.
    mkdir -p /etc/postgresql-common/createcluster.d
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/no-main.conf
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; } \
        >/dev/null 2>&1 || echo "PostgreSQL 没有装上，要用它的测试会跳过；可自己安装（apt-get install postgresql）。" >&2
    rm -f /etc/postgresql-common/createcluster.d/no-main.conf
fi

# The language server is tried with real editors; without them those tests are skipped and say so.
case " $* " in *" dev "*)
    if ! command -v nvim >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends neovim; } \
            >/dev/null 2>&1 || echo "Neovim 没有装上，要用它的测试会跳过；可自己安装（apt-get install neovim）。" >&2
    fi
    if command -v npm >/dev/null 2>&1 && [ ! -d editors/vscode/node_modules ]; then
        npm ci --prefix editors/vscode --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null 2>&1 ||
            echo "VS Code 扩展的依赖没有装上，要用它们的测试会跳过（在 editors/vscode 里 npm ci）。" >&2
    fi
    ;;
esac

set -- "$@"
groups=""
for group in "$@"; do groups="$groups --group $group"; done
# shellcheck disable=SC2086
.venv/bin/python -m pip install --quiet --editable '.[desk]' $groups
