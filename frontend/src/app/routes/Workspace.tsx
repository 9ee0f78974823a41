import { Outlet } from "@tanstack/react-router";
import { Frame } from "../Frame";

export function Workspace() {
  return (
    <Frame>
      <Outlet />
    </Frame>
  );
}
