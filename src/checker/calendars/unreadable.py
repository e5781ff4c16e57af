"""Why the operating system would not let a file be read or written, in Chinese whatever its own language is."""

import errno
from typing import Final

_REASONS: Final = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件超过允许的大小",
    errno.EROFS: "所在的磁盘是只读的",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "设备读写出错",
    errno.EBADF: "已经关闭",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不足",
    errno.ETXTBSY: "文件正在被使用",
    errno.EBUSY: "文件正在被使用",
    errno.ENXIO: "设备不存在",
    errno.ENODEV: "设备不存在",
    errno.EINVAL: "不能这样读写",
    errno.ESPIPE: "不能这样读写",
}


def reason(error: OSError) -> str:
    """A half sentence: 磁盘已满. An error without a name of its own is told by its number."""
    known = _REASONS.get(error.errno) if error.errno is not None else None
    if known is not None:
        return known
    return "系统没有说明原因" if error.errno is None else f"系统错误 {error.errno}"
