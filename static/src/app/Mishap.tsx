import { Component, type ComponentChildren } from "preact";
import { Button } from "../components/Button";
import { Notice } from "../components/Notice";
import { tx } from "../i18n";

interface MishapProps {
  readonly children: ComponentChildren;
}

/** A screen that breaks says so and offers a fresh start, instead of leaving an empty page. */
export class Mishap extends Component<MishapProps, { broken: boolean }> {
  override state = { broken: false };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ broken: true });
  }

  override render(): ComponentChildren {
    if (!this.state.broken) return this.props.children;
    return (
      <div class="page-body">
        <Notice kind="error" title={tx("problem.unknown")} spoken>
          <Button onPress={() => window.location.reload()}>{tx("again")}</Button>
        </Notice>
      </div>
    );
  }
}
